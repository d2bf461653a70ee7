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
  return { draw, colour, number };
})();
