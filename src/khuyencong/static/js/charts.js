// One way to draw a chart: our type and colours, no animation for those who asked for none, redrawn on resize.
const charts = (() => {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();
  const locale = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
  const number = (value, digits = 1) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const draw = (element, option) => {
    const chart = echarts.init(element, null, { renderer: "svg" });
    chart.setOption({
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      textStyle: { fontFamily: "Be Vietnam Pro, sans-serif", fontSize: 13, color: colour("ink") },
      ...option,
    });
    new ResizeObserver(() => chart.resize()).observe(element);
    return chart;
  };
  // The picture of a chart as an SVG file.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save-chart]");
    if (!button) return;
    const chart = echarts.getInstanceByDom(document.getElementById(button.dataset.saveChart));
    const link = Object.assign(document.createElement("a"), { href: chart.getDataURL({ type: "svg" }), download: `${button.dataset.name}.svg` });
    link.click();
  });
  return { draw, colour, number };
})();
