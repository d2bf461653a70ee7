// The effect by years since support: band for the whole curve, interval for each point, zero line, line of support.
// Only lines are used: the small build of the chart library has no series of free shapes.
(() => {
  const element = document.getElementById("event-chart");
  if (!element) return;
  const { points, log } = JSON.parse(document.getElementById("event-data").textContent);
  const label = element.dataset;
  const teal = charts.colour("teal");
  const shown = (value) => (log ? (Math.exp(value) - 1) * 100 : value);
  const known = points.filter((point) => point.se !== null);
  const unit = log ? " %" : "";
  const since = known.map((point) => String(point.since));
  const plain = { type: "line", symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { opacity: 0 } };
  // The band: an unseen line at its foot, and on top of it, stacked, its height as an area.
  const foot = { ...plain, stack: "band", stackStrategy: "all", data: known.map((point) => shown(point.band[0])), z: 1 };
  const height = { ...plain, name: label.band, stack: "band", stackStrategy: "all", z: 1, color: teal, itemStyle: { opacity: 0.16 }, areaStyle: { color: teal, opacity: 0.16 },
    data: known.map((point) => shown(point.band[1]) - shown(point.band[0])) };
  // The intervals: one line that goes from foot to head and breaks before the next, with flat marks as caps.
  const intervals = { type: "line", silent: true, tooltip: { show: false }, z: 3, color: teal, symbol: "rect", symbolSize: [11, 2], lineStyle: { width: 2 },
    connectNulls: false, data: known.flatMap((point, index) => [[index, shown(point.ci[0])], [index, shown(point.ci[1])], [index, null]]) };
  const support = since.indexOf("0");
  charts.draw(element, {
    grid: { left: 8, right: 16, top: 48, bottom: 28, containLabel: true },
    legend: { top: 0, left: 0, data: [{ name: label.point }, { name: label.band, icon: "rect" }] },
    tooltip: { trigger: "axis", formatter: (items) => {
      const point = known[items[0].dataIndex];
      return `<b>${point.since}</b>: ${charts.number(shown(point.estimate))}${unit}<br>${charts.number(shown(point.ci[0]))}${unit} … ${charts.number(shown(point.ci[1]))}${unit}`;
    } },
    xAxis: { type: "category", data: since, name: label.axis, nameLocation: "middle", nameGap: 30, axisLine: { onZero: false } },
    yAxis: { type: "value", axisLabel: { formatter: (value) => `${charts.number(value)}${unit}` } },
    series: [
      // First, because the tooltip reads the point that is shown from the first series.
      { name: label.point, type: "line", data: known.map((point) => shown(point.estimate)), color: teal, symbol: "circle", symbolSize: 9, lineStyle: { width: 1.5, opacity: 0.5 }, z: 4,
        markLine: { symbol: "none", silent: true, data: [
          { yAxis: 0, lineStyle: { color: charts.colour("ink"), type: "solid", width: 1.5 }, label: { show: false } },
          ...(support > 0 ? [{ xAxis: support, lineStyle: { color: charts.colour("amber"), type: "dashed", width: 2 }, label: { formatter: label.support, color: charts.colour("amber-ink") } }] : []),
        ] } },
      intervals, foot, height,
    ],
  });
})();
