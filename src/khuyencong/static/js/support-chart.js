// Home page: support by year, the two funds on top of each other, in million VND.
(() => {
  const element = document.getElementById("support-chart");
  if (!element) return;
  const data = JSON.parse(document.getElementById("support-data").textContent);
  const bars = (name, values, colour, decal) => ({
    name, type: "bar", stack: "support", color: colour, data: values.map((value) => value / 1e6), barMaxWidth: 34, itemStyle: { decal },
  });
  charts.draw(element, {
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, icon: "roundRect" },
    tooltip: { trigger: "axis", valueFormatter: (value) => `${charts.number(value)} ${element.dataset.unit}` },
    xAxis: { type: "category", data: data.years.map(String), axisTick: { show: false } },
    yAxis: { type: "value", axisLabel: { formatter: (value) => charts.number(value) } },
    series: [
      bars(element.dataset.national, data.national, charts.colour("teal")),
      bars(element.dataset.local, data.local, "#8CBDB9"),
    ],
  });
})();
