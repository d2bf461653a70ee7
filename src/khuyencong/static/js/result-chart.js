// Card of an establishment: revenue and workers by year; gaps stay gaps; a line where support came.
(() => {
  const element = document.getElementById("result-chart");
  if (!element) return;
  const data = charts.data("result-data");
  const label = element.dataset;
  const marks = data.supported.map((year) => ({ xAxis: String(year), label: { formatter: `${label.supported} ${year}` } }));
  const line = (name, axis, values, colour, symbol) => ({
    name, type: "line", yAxisIndex: axis, data: values, color: colour, symbol, symbolSize: 8, showAllSymbol: true, connectNulls: false, lineStyle: { width: 2.5 },
  });
  charts.draw(element, {
    grid: charts.grid({ right: 8, top: 56 }),
    legend: charts.legend(),
    tooltip: charts.tip(1),
    xAxis: charts.years(data.years),
    yAxis: [charts.amounts({ min: 0 }), { type: "value", min: 0, splitLine: { show: false }, minInterval: 1 }],
    series: [
      { ...line(label.revenue, 0, data.revenue.map((v) => (v == null ? null : v / 1e6)), charts.colour("teal"), "circle"),
        markLine: { symbol: "none", silent: true, lineStyle: { color: charts.colour("amber"), type: "dashed", width: 2 }, label: { color: charts.colour("amber-ink") }, data: marks } },
      line(label.workers, 1, data.workers, "#7A5C99", "rect"),
    ],
  });
})();
