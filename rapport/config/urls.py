"""Every address of the web door."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rapport.web.urls")),
    path("", include("rapport.web.accounts.urls")),
]

handler400 = "rapport.web.pages.unreadable"
handler403 = "rapport.web.pages.forbidden"
handler404 = "rapport.web.pages.not_found"
