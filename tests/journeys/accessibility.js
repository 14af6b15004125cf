/* What axe finds wrong on a page, in sentences.
 *
 * Whether words stand out from their ground is two thirds of what axe costs, and the same colours on the same ground
 * get the same answer: each pair of them is judged once. `judged` says which were, on earlier pages.
 *
 * A page is looked at `again` on another size of screen and in other colours: where it shows the same elements as just
 * before, by the rules that go by places and colours, or by what is shown but not read out. */
async ({ judged, again }) => {
  const PLACED = ["aria-hidden-focus", "link-in-text-block", "scrollable-region-focusable", "skip-link"];
  const seen = new Set(judged);
  const options = { resultTypes: ["violations"], elementRef: true };
  const contrast = { ...options, runOnly: ["color-contrast"], resultTypes: ["violations", "passes"] };
  const rules = { "color-contrast": { enabled: false } };

  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join(" ");
      const clear = own === "rgba(0, 0, 0, 0) none 1 none normal";
      grounds.set(element, clear ? ground(element.parentElement) : `${ground(element.parentElement)} / ${own}`);
    }
    return grounds.get(element);
  };
  const appearance = (element) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const idle = element.closest(":disabled, [aria-disabled=true]") ? "idle" : "";
    return [color, fontSize, fontWeight, textShadow, idle, ground(element)].join(" ");
  };
  const speaks = (element) =>
    element.matches("input, select, textarea") || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const fresh = new Map();
  const shown = [...document.querySelectorAll("body, body *")].filter((element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  );
  for (const element of shown) {
    if (speaks(element)) {
      const looks = appearance(element);
      if (!seen.has(looks)) fresh.set(looks, [...(fresh.get(looks) ?? []), element]);
    }
  }
  const read = new Set(shown.filter((element) => !element.closest("[aria-hidden=true]")));
  const same = again && window.read.symmetricDifference(read).size === 0;
  window.read = read;
  const found = (await axe.run({ ...options, ...(same ? { runOnly: PLACED } : { rules }) })).violations;
  if (fresh.size) {
    // Of those that look alike the first few: one may be covered or out of sight, and then axe does not judge it.
    const include = [...fresh.values()].flatMap((alike) => alike.slice(0, 5));
    const { passes, violations } = await axe.run({ include }, contrast);
    found.push(...violations);
    const answered = new Set([...passes, ...violations].flatMap(({ nodes }) => nodes.map(({ element }) => element)));
    for (const [looks, alike] of fresh) if (alike.some((element) => answered.has(element))) seen.add(looks);
  }
  const sentence = ({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ target }) => target).join(", ")}`;
  return { found: found.map(sentence), judged: [...seen] };
};
