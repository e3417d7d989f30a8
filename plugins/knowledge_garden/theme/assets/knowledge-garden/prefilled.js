// Addresses that hand a text over, as knowledge_garden.forges.prefilled makes them in Python; tests/cases/prefilled/ holds
// both to it. Pure functions only.

/** A way is { template, empty, limit, line_break }. Where the whole address is too long, it is the empty one. */
export function prefilled(way, values) {
  const whole = filled(way.template, values, way.line_break);
  const fits = whole.length <= way.limit;
  return { fits, address: fits ? whole : filled(way.empty, values, way.line_break) };
}

function filled(template, values, lineBreak) {
  return template.replace(/\{(\w+)\}/g, (_, name) => encoded(values[name] ?? "", lineBreak));
}

function encoded(text, lineBreak) {
  return encodeURIComponent(text.toWellFormed?.() ?? text).replaceAll("%0D%0A", "%0A").replaceAll("%0A", encodeURIComponent(lineBreak));
}
