// The effect by years since support: band for the whole curve, interval for each point, zero line, line of support.
// Only lines are used: the small build of the chart library has no series of free shapes.
(() => {
  const element = document.getElementById("event-chart");
  if (!element) return;
  const { points, log } = charts.data("event-data");
  const label = element.dataset;
  const teal = charts.colour("teal");
  const shown = (value) => (log ? (Math.exp(value) - 1) * 100 : value);
  const known = (point) => point.se !== null; // else too few units to have an interval: the point stands alone
  const ends = points.flatMap((point) => [shown(point.estimate), ...(known(point) ? point.band.map(shown) : [])]);
  const largest = Math.max(...ends.map(Math.abs)) || 1;
  // Per cent with one decimal, amounts with three digits or more.
  const digits = log ? 1 : Math.min(Math.max(2 - Math.floor(Math.log10(largest)), 0), 9);
  const number = (value) => charts.number(value, digits);
  const unit = log ? " %" : "";
  const since = points.map((point) => String(point.since));
  const plain = { type: "line", symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { opacity: 0 } };
  // The band: an unseen line at its foot, and on top of it, stacked, its height as an area.
  const foot = { ...plain, stack: "band", stackStrategy: "all", data: points.map((point) => (known(point) ? shown(point.band[0]) : null)), z: 1 };
  const height = { ...plain, name: label.band, stack: "band", stackStrategy: "all", z: 1, color: teal, itemStyle: { opacity: 0.16 }, areaStyle: { color: teal, opacity: 0.16 },
    data: points.map((point) => (known(point) ? shown(point.band[1]) - shown(point.band[0]) : null)) };
  // The intervals: one line that goes from foot to head and breaks before the next, with flat marks as caps.
  const intervals = { type: "line", silent: true, tooltip: { show: false }, z: 3, color: teal, symbol: "rect", symbolSize: [11, 2], lineStyle: { width: 2 },
    connectNulls: false, data: points.flatMap((point, index) => (known(point) ? [[index, shown(point.ci[0])], [index, shown(point.ci[1])], [index, null]] : [])) };
  const support = since.indexOf("0");
  charts.draw(element, {
    grid: charts.grid({ top: 48, bottom: 28 }),
    legend: charts.legend({ data: [{ name: label.point }, { name: label.band, icon: "rect" }] }),
    tooltip: { trigger: "axis", formatter: (items) => {
      const point = points[items[0].dataIndex];
      const interval = known(point) ? `<br>${number(shown(point.ci[0]))}${unit} … ${number(shown(point.ci[1]))}${unit}` : "";
      return `<b>${point.since}</b>: ${number(shown(point.estimate))}${unit}${interval}`;
    } },
    xAxis: charts.years(since, { name: label.axis, nameLocation: "middle", nameGap: 30, axisLine: { onZero: false } }),
    yAxis: { type: "value", axisLabel: { formatter: (value) => `${number(value)}${unit}` } },
    series: [
      // First, because the tooltip reads the point that is shown from the first series.
      { name: label.point, type: "line", data: points.map((point) => ({ value: shown(point.estimate), symbol: known(point) ? "circle" : "emptyCircle" })), color: teal, symbol: "circle", symbolSize: 9, lineStyle: { width: 1.5, opacity: 0.5 }, z: 4,
        markLine: { symbol: "none", silent: true, data: [
          { yAxis: 0, lineStyle: { color: charts.colour("ink"), type: "solid", width: 1.5 }, label: { show: false } },
          ...(support > 0 ? [{ xAxis: support, lineStyle: { color: charts.colour("amber"), type: "dashed", width: 2 }, label: { formatter: label.support, color: charts.colour("amber-ink") } }] : []),
        ] } },
      intervals, foot, height,
    ],
  });
})();
