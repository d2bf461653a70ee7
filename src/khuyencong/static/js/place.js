// Where the inspector stands, when they ask for it: two hidden fields and a line that tells.
(() => {
  const unavailable = document.currentScript.dataset.unavailable;
  const button = document.querySelector("[data-take-place]");
  const told = document.querySelector("[data-place-told]");
  if (!button) return;
  button.addEventListener("click", () => {
    if (!navigator.geolocation) { told.textContent = unavailable; return; }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("id_latitude").value = coords.latitude.toFixed(6);
        document.getElementById("id_longitude").value = coords.longitude.toFixed(6);
        told.textContent = `${coords.latitude.toFixed(4)}; ${coords.longitude.toFixed(4)}`;
      },
      () => { told.textContent = unavailable; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
})();
