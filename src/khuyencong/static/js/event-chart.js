// The effect by years since support: band for the whole curve, interval for each point, zero line, line of support.
(() => {
  const element = document.getElementById("event-chart");
  if (!element) return;
  const { points, log } = JSON.parse(document.getElementById("event-data").textContent);
  const label = element.dataset;
  const shown = (value) => (log ? (Math.exp(value) - 1) * 100 : value);
  const known = points.filter((point) => point.se !== null);
  const unit = log ? " %" : "";
  const since = known.map((point) => point.since);
  const at = (value) => since.indexOf(value);
  const teal = charts.colour("teal");
  // The band is the area between two stacked lines; each interval is an upright line with a cap at both ends.
  const band = { name: label.band, type: "line", stack: "band", stackStrategy: "all", symbol: "none", lineStyle: { opacity: 0 }, silent: true, z: 1, color: "rgba(11,110,110,.3)" };
  const low = known.map((point) => shown(point.band[0]));
  const width = known.map((point) => shown(point.band[1]) - shown(point.band[0]));
  const intervals = known.map((point, index) => point.ci.map((end) => ({ coord: [index, shown(end)] })));
  const extremes = known.flatMap((point) => point.band.map(shown));
  charts.draw(element, {
    grid: { left: 8, right: 16, top: 48, bottom: 28, containLabel: true },
    legend: { top: 0, left: 0, data: [{ name: label.point }, { name: label.band, icon: "rect" }] },
    tooltip: { trigger: "axis", formatter: (items) => {
      const point = known[items[0].dataIndex];
      return `<b>${point.since}</b>: ${charts.number(shown(point.estimate))}${unit}<br>${charts.number(shown(point.ci[0]))}${unit} … ${charts.number(shown(point.ci[1]))}${unit}`;
    } },
    xAxis: { type: "category", data: since.map(String), name: label.axis, nameLocation: "middle", nameGap: 30, axisLine: { onZero: false } },
    yAxis: { type: "value", min: (v) => Math.floor(Math.min(...extremes, 0) * 1.05), max: (v) => Math.ceil(Math.max(...extremes, 0) * 1.05), axisLabel: { formatter: (value) => `${charts.number(value)}${unit}` } },
    series: [
      { ...band, data: low },
      { ...band, data: width, areaStyle: { color: teal, opacity: 0.13 } },
      { type: "line", data: [], z: 3, silent: true, markLine: { silent: true, symbol: ["rect", "rect"], symbolSize: [10, 2], animation: false, label: { show: false }, lineStyle: { color: teal, type: "solid", width: 2 }, data: intervals } },
      { name: label.point, type: "line", data: known.map((point) => shown(point.estimate)), color: teal, symbol: "circle", symbolSize: 9, lineStyle: { width: 1.5, opacity: 0.5 }, z: 4,
        markLine: { symbol: "none", silent: true, data: [
          { yAxis: 0, lineStyle: { color: charts.colour("ink"), type: "solid", width: 1.5 }, label: { show: false } },
          ...(at(0) > 0 ? [{ xAxis: at(0), lineStyle: { color: charts.colour("amber"), type: "dashed", width: 2 }, label: { formatter: label.support, color: charts.colour("amber-ink") } }] : []),
        ] } },
    ],
  });
})();
