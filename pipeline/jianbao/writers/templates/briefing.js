"use strict";
(() => {
  const byId = (id) => document.getElementById(id);

  // A link to a passage that the chosen view hides brings the full view back.
  const reveal = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const folded = target.closest("details:not([open])");
    if (folded) folded.open = true;
    const first = target.querySelector(":scope > details");
    if (first) first.open = true;
    if (!target.getClientRects().length) byId("view-both").checked = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("load", reveal);

  // One tooltip for all marks, by mouse and by touch; it also lights up the other side of the mark.
  const tip = byId("tip");
  for (const mark of document.querySelectorAll("[title]")) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute("title");
  }
  const hide = () => {
    tip.hidden = true;
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  };
  const show = (event) => {
    hide();
    const mark = event.target.closest?.("[data-tip]");
    if (!mark || !byId("view-marks").checked) return;
    const twins = mark.dataset.pair ? mark.closest(".pair, header").querySelectorAll(`[data-pair="${mark.dataset.pair}"]`) : [];
    for (const twin of twins) twin.classList.add("lit");
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    const at = mark.getClientRects()[0];
    const left = Math.min(Math.max(8, at.left), innerWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : at.bottom + 6}px`;
  };
  document.addEventListener("pointerover", show);
  document.addEventListener("click", show);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", hide, { passive: true });

  // The contents show where the reader is; on a narrow screen they start folded.
  const contents = document.querySelector(".contents details");
  if (matchMedia("(max-width: 67rem)").matches) contents.open = false;
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "-12% 0px -80% 0px" },
  );
  for (const id of links.keys()) if (byId(decodeURIComponent(id))) observer.observe(byId(decodeURIComponent(id)));
})();
