// The one way to draw a chart on the screen: our type and colours, no animation for those who asked for none, redrawn on resize.
const charts = (() => {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();
  const locale = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
  const number = (value, digits = 1) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const draw = (element, option) => {
    const chart = echarts.init(element, null, { renderer: "svg" });
    const whole = {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      textStyle: { fontFamily: "Be Vietnam Pro, sans-serif", fontSize: 13, color: colour("ink") },
      ...option,
    };
    chart.setOption(whole);
    // Room for words is measured with the letters at hand: once ours are there, it is measured anew.
    const letters = '13px "Be Vietnam Pro"';
    if (!document.fonts.check(letters)) document.fonts.load(letters).then(() => chart.setOption(whole, true));
    new ResizeObserver(() => chart.resize()).observe(element);
    return chart;
  };
  // The chart as it leaves the page: with its title, and where its numbers come from.
  const picture = (element) => {
    const { width, height } = element.getBoundingClientRect();
    const inner = echarts.getInstanceByDom(element).renderToSVGString();
    const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    const title = element.closest("section")?.querySelector("h2")?.textContent.trim().replace(/\s+/g, " ") ?? "";
    const text = (y, size, words) => `<text x="12" y="${y}" font-family="Be Vietnam Pro, sans-serif" font-size="${size}">${escape(words)}</text>`;
    const foot = element.dataset.source ?? "";
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + 70}"><rect width="100%" height="100%" fill="#fff"/>` +
      `${text(26, 16, title)}<g transform="translate(0 40)">${inner}</g>${text(height + 60, 11, foot)}</svg>`);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save-chart]");
    if (!button) return;
    const svg = picture(document.getElementById(button.dataset.saveChart));
    if (button.dataset.format === "png") savePng(svg, `${button.dataset.name}.png`, 2);
    else saveAs(new Blob([svg], { type: "image/svg+xml" }), `${button.dataset.name}.svg`);
  });
  // What our charts have in common; a chart says only how it differs.
  const data = (id) => JSON.parse(document.getElementById(id).textContent);
  const grid = (sides) => ({ left: 8, right: 16, top: 16, bottom: 8, containLabel: true, ...sides });
  const legend = (more) => ({ top: 0, left: 0, ...more });
  const years = (list, more) => ({ type: "category", data: list.map(String), ...more });
  const amounts = (more) => ({ type: "value", axisLabel: { formatter: (value) => number(value) }, ...more });
  const told = (digits, unit) => (value) => (value === null || value === undefined ? "–" : `${number(value, digits)}${unit ? ` ${unit}` : ""}`);
  const tip = (digits, unit, more) => ({ trigger: "axis", valueFormatter: told(digits, unit), ...more });
  return { draw, colour, number, data, grid, legend, years, amounts, told, tip };
})();
