// Judges the page it is run in. Returns what a person would complain of, one line each.
() => {
  const complaints = [];
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pencil = canvas.getContext("2d", { willReadFrequently: true });

  /** Any CSS colour laid over an opaque one: [red, green, blue]. */
  const over = (below, colour) => {
    pencil.fillStyle = `rgb(${below.join(" ")})`;
    pencil.fillRect(0, 0, 1, 1);
    pencil.fillStyle = colour;
    pencil.fillRect(0, 0, 1, 1);
    return [...pencil.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const below = (element) => {
    const around = [];
    for (let each = element; each; each = each.parentElement) around.unshift(getComputedStyle(each).backgroundColor);
    return around.reduce(over, [255, 255, 255]);
  };
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.innerText?.slice(0, 40)}”`;

  let judged = 0;
  for (const element of document.body.querySelectorAll("*:not(svg, svg *, script, style, option)")) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest(".md-skip, .headerlink, .md-header__topic, .md-sidebar[hidden], .md-top")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ground = below(element);
    const found = contrast(over(ground, style.color), ground);
    judged += 1;
    if (found < (large ? 3 : 4.5)) complaints.push(`contrast ${found.toFixed(2)}: ${name(element)}`);
  }
  if (judged < 5) complaints.push(`only ${judged} pieces of text were judged`);

  const root = document.documentElement;
  const wide = [...document.querySelectorAll("main *:not(svg, svg *), footer *")].find((each) => {
    const { left, right, width } = each.getBoundingClientRect();
    const scrolls = each.closest(".md-sidebar") || each.parentElement.closest(".kg-table, .kg-scroll, .md-typeset__scrollwrap, pre");
    return width > 1 && !scrolls && each.checkVisibility() && (right > root.clientWidth + 1 || left < -1);
  });
  if (wide || root.scrollWidth > root.clientWidth) complaints.push(`wider than the window: ${wide ? name(wide) : "?"}`);

  const headings = [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].filter((each) => each.checkVisibility());
  if (document.querySelectorAll("h1").length !== 1) complaints.push(`${document.querySelectorAll("h1").length} h1`);
  let level = 0;
  for (const heading of headings) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) complaints.push(`h${level} is followed by h${next}: ${name(heading)}`);
    level = next;
  }

  for (const target of document.querySelectorAll("main :is(button, select, input, summary, .kg-tag, .kg-doors a, .kg-balance__count, .kg-neighbours a)")) {
    const box = target.getBoundingClientRect();
    if (target.checkVisibility() && box.height < 24) complaints.push(`hard to hit, ${box.height.toFixed(0)} px high: ${name(target)}`);
  }
  for (const image of document.images) if (!image.complete || !image.naturalWidth) complaints.push(`image missing: ${image.src}`);
  if (document.documentElement.lang !== "en") complaints.push("no language");
  if (!document.fonts.check("16px 'Figtree Variable'")) complaints.push("the text's font is not loaded");
  const ids = [...document.querySelectorAll("main [id]")].map((each) => each.id);
  for (const id of new Set(ids.filter((each, place) => ids.indexOf(each) !== place))) complaints.push(`id twice: ${id}`);
  for (const label of document.querySelectorAll("main [aria-labelledby]"))
    if (!document.getElementById(label.getAttribute("aria-labelledby"))) complaints.push(`labelled by nothing: ${name(label)}`);
  return complaints;
}
