// The charts of the dashboard: bars lie down, years stand, two funds stack; the last point of a line tells its value.
(() => {
  const all = JSON.parse(document.getElementById("dashboard-data").textContent);
  const palette = [charts.colour("teal"), "#5B6B8C", "#8A5A83"];
  const soft = "#8CBDB9";
  const value = (number) => (number === null || number === undefined ? "–" : charts.number(number, 2));
  const axis = { type: "value", axisLabel: { formatter: (number) => charts.number(number) } };
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
      grid: { left: 8, right: lying ? 64 : 16, top: told.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
      legend: told.series.length > 1 ? { top: 0, left: 0, icon: told.kind === "lines" ? undefined : "roundRect" } : undefined,
      tooltip: { trigger: "axis", axisPointer: { type: lying ? "shadow" : "line" }, valueFormatter: value, confine: true },
      xAxis: lying ? { ...axis, axisLabel: { show: false }, splitLine: { show: false } } : category,
      yAxis: lying ? short : axis,
      series,
    };
  };
  document.querySelectorAll("[data-dashboard]").forEach((element) => {
    charts.draw(element, option(all[element.dataset.dashboard]));
  });
})();
