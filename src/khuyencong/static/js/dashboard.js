// The charts of the dashboard: bars lie down, years stand, two funds stack; the last point of a line tells its value.
(() => {
  const all = charts.data("dashboard-data");
  const palette = [charts.colour("teal"), "#5B6B8C", "#8A5A83"];
  const soft = "#8CBDB9";
  const value = charts.told(2);
  const option = (told) => {
    const lying = told.kind === "bars";
    const category = { type: "category", data: told.labels, axisTick: { show: false } };
    const short = { ...category, inverse: true, axisLabel: { width: 190, overflow: "break", lineHeight: 15 } };
    const series = told.series.map((one, at) => ({
      name: one.name,
      data: one.values,
      type: told.kind === "lines" ? "line" : "bar",
      stack: told.kind === "stacked" ? "all" : undefined,
      color: told.kind === "stacked" ? [charts.colour("teal"), soft][at] : palette[at],
      barMaxWidth: 34,
      symbolSize: 7,
      symbol: ["circle", "diamond", "rect"][at],
      lineStyle: { type: at ? "dashed" : "solid", width: 2.5 },
      label: { show: lying, position: "right", formatter: (point) => value(point.value) },
      connectNulls: false,
    }));
    return {
      grid: charts.grid({ right: lying ? 64 : 16, top: told.series.length > 1 ? 40 : 16 }),
      legend: told.series.length > 1 ? charts.legend({ icon: told.kind === "lines" ? undefined : "roundRect" }) : undefined,
      tooltip: charts.tip(2, "", { axisPointer: { type: lying ? "shadow" : "line" }, confine: true }),
      xAxis: lying ? charts.amounts({ axisLabel: { show: false }, splitLine: { show: false } }) : category,
      yAxis: lying ? short : charts.amounts(),
      series,
    };
  };
  document.querySelectorAll("[data-dashboard]").forEach((element) => {
    charts.draw(element, option(all[element.dataset.dashboard]));
  });
})();
