// The macro picture: one small line for each indicator, years without a figure stay gaps; the programme's support as bars.
(() => {
  const small = { left: 8, right: 16, top: 16, bottom: 8, containLabel: true };
  document.querySelectorAll("[data-macro-chart]").forEach((element) => {
    const { years, values } = JSON.parse(document.getElementById(`${element.id}-data`).textContent);
    charts.draw(element, {
      grid: small,
      tooltip: { trigger: "axis", valueFormatter: (value) => (value == null ? "–" : `${charts.number(value, 2)} ${element.dataset.unit}`) },
      xAxis: { type: "category", data: years.map(String), axisTick: { show: false } },
      yAxis: { type: "value", min: 0, splitNumber: 3, axisLabel: { formatter: (value) => charts.number(value) } },
      series: [{ type: "line", data: values, color: charts.colour("teal"), symbol: "circle", symbolSize: 8, showAllSymbol: true, connectNulls: false, lineStyle: { width: 2.5 } }],
    });
  });
  const programme = document.getElementById("programme-chart");
  if (!programme) return;
  const { years, support } = JSON.parse(document.getElementById("programme-data").textContent);
  charts.draw(programme, {
    grid: small,
    tooltip: { trigger: "axis", valueFormatter: (value) => `${charts.number(value)} ${programme.dataset.unit}` },
    xAxis: { type: "category", data: years.map(String), axisTick: { show: false } },
    yAxis: { type: "value", min: 0, splitNumber: 3, axisLabel: { formatter: (value) => charts.number(value) } },
    series: [{ type: "bar", data: support.map((value) => value / 1e6), color: "#8CBDB9", barMaxWidth: 24 }],
  });
})();
