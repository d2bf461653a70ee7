// Home page: support by year, the two funds on top of each other, in million VND.
(() => {
  const element = document.getElementById("support-chart");
  if (!element) return;
  const data = charts.data("support-data");
  const bars = (name, values, colour, decal) => ({
    name, type: "bar", stack: "support", color: colour, data: values.map((value) => value / 1e6), barMaxWidth: 34, itemStyle: { decal },
  });
  charts.draw(element, {
    grid: charts.grid({ right: 8, top: 40 }),
    legend: charts.legend({ icon: "roundRect" }),
    tooltip: charts.tip(1, element.dataset.unit),
    xAxis: charts.years(data.years, { axisTick: { show: false } }),
    yAxis: charts.amounts(),
    series: [
      bars(element.dataset.national, data.national, charts.colour("teal")),
      bars(element.dataset.local, data.local, "#8CBDB9"),
    ],
  });
})();
