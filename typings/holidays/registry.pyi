from collections.abc import Iterable

class EntityLoader:
    @staticmethod
    def get_country_codes(include_aliases: bool = True) -> Iterable[str]: ...
