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
  const bars = known.map((point, index) => [index, shown(point.ci[0]), shown(point.ci[1])]);
  const drawBar = (params, api) => {
    const low = api.coord([api.value(0), api.value(1)]);
    const high = api.coord([api.value(0), api.value(2)]);
    const cap = (y, x) => ({ type: "line", shape: { x1: x - 5, y1: y, x2: x + 5, y2: y }, style: { stroke: charts.colour("teal"), lineWidth: 2 } });
    return { type: "group", children: [
      { type: "line", shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: charts.colour("teal"), lineWidth: 2 } },
      cap(low[1], low[0]), cap(high[1], high[0]),
    ] };
  };
  const drawBand = (params, api) => {
    if (params.dataIndex > 0) return null;
    const upper = known.map((point, index) => api.coord([index, shown(point.band[1])]));
    const lower = known.map((point, index) => api.coord([index, shown(point.band[0])])).reverse();
    return { type: "polygon", shape: { points: [...upper, ...lower] }, style: { fill: charts.colour("teal"), opacity: 0.13 }, silent: true };
  };
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
      { name: label.band, type: "custom", renderItem: drawBand, data: bars, color: "rgba(11,110,110,.3)", z: 1 },
      { type: "custom", renderItem: drawBar, data: bars, z: 3, silent: true },
      { name: label.point, type: "line", data: known.map((point) => shown(point.estimate)), color: charts.colour("teal"), symbol: "circle", symbolSize: 9, lineStyle: { width: 1.5, opacity: 0.5 }, z: 4,
        markLine: { symbol: "none", silent: true, data: [
          { yAxis: 0, lineStyle: { color: charts.colour("ink"), type: "solid", width: 1.5 }, label: { show: false } },
          ...(at(0) > 0 ? [{ xAxis: at(0), lineStyle: { color: charts.colour("amber"), type: "dashed", width: 2 }, label: { formatter: label.support, color: charts.colour("amber-ink") } }] : []),
        ] } },
    ],
  });
})();
