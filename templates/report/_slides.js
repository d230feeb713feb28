(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const stacked = matchMedia("(max-width: 45rem)");
  const next = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
  const back = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
  let now = Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));
  let touched = null;

  function show(number) {
    now = Math.min(Math.max(number, 0), slides.length - 1);
    slides.forEach((slide, place) => slide.classList.toggle("now", place === now));
    history.replaceState(null, "", `#${slides[now].id}`);
    if (stacked.matches) slides[now].scrollIntoView();
  }

  // Fonts differ in width: a slide that is still too full is set a little smaller.
  function fit() {
    for (const slide of slides) {
      slide.style.removeProperty("--fit");
      const parts = [slide, ...slide.querySelectorAll(".body, .panel")];
      const full = () => parts.some((part) => part.scrollHeight > part.clientHeight + 1);
      for (let size = 96; !stacked.matches && size >= 60 && full(); size -= 4) {
        slide.style.setProperty("--fit", size / 100);
      }
    }
  }

  document.addEventListener("keydown", (event) => {
    const own = event.target.closest("a, button") && ["Enter", " "].includes(event.key);
    const scrolls = stacked.matches && !["ArrowLeft", "ArrowRight"].includes(event.key);
    if (own || scrolls || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = next.includes(event.key) ? 1 : back.includes(event.key) ? -1 : 0;
    if (step) show(now + (event.shiftKey && event.key === " " ? -1 : step));
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("touchstart", (event) => {
    touched = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touched || stacked.matches) return;
    const across = event.changedTouches[0].clientX - touched.clientX;
    const down = event.changedTouches[0].clientY - touched.clientY;
    if (Math.abs(across) > 40 && Math.abs(across) > Math.abs(down)) show(now + (across < 0 ? 1 : -1));
  });
  document.getElementById("back").addEventListener("click", () => show(now - 1));
  document.getElementById("next").addEventListener("click", () => show(now + 1));
  addEventListener("hashchange", () => show(slides.findIndex((slide) => `#${slide.id}` === location.hash)));
  stacked.addEventListener("change", () => { fit(); show(now); });
  document.documentElement.classList.add("deck");
  fit();
  if (now || !stacked.matches) show(now);
})();
