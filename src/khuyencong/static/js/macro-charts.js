// The macro picture: one small line for each indicator, years without a figure stay gaps; the programme's support as bars.
(() => {
  document.querySelectorAll("[data-macro-chart]").forEach((element) => {
    const { years, values } = charts.data(`${element.id}-data`);
    charts.draw(element, {
      grid: charts.grid(),
      tooltip: charts.tip(2, element.dataset.unit),
      xAxis: charts.years(years, { axisTick: { show: false } }),
      yAxis: charts.amounts({ min: 0, splitNumber: 3 }),
      series: [{ type: "line", data: values, color: charts.colour("teal"), symbol: "circle", symbolSize: 8, showAllSymbol: true, connectNulls: false, lineStyle: { width: 2.5 } }],
    });
  });
  const programme = document.getElementById("programme-chart");
  if (!programme) return;
  const { years, support } = charts.data("programme-data");
  charts.draw(programme, {
    grid: charts.grid(),
    tooltip: charts.tip(1, programme.dataset.unit),
    xAxis: charts.years(years, { axisTick: { show: false } }),
    yAxis: charts.amounts({ min: 0, splitNumber: 3 }),
    series: [{ type: "bar", data: support.map((value) => value / 1e6), color: "#8CBDB9", barMaxWidth: 24 }],
  });
})();
