// Every change is asked for here: with its reason, kept by the audit. What was typed stays when the hub says no.
import { html, render, nothing } from './lib/lit-html.js';
import { t, isEnglish } from './words.js';

let box;
let back;

export const refusal = (e) => html`<div class="tell bad" role="alert"><p>${(isEnglish() && e.problem.titleEn) || e.problem.title || e.message}</p>
  ${e.status === 401 ? html`<p>${t('loginAgain')} <a href="/board/" target="_blank" rel="noopener">${t('loginOpen')}</a></p>` : nothing}
  ${(e.problem.errors || []).map((one) => html`<p>${one.path}: ${one.message}</p>`)}</div>`;

function open(content) {
  if (!box) {
    box = document.body.appendChild(document.createElement('dialog'));
    box.addEventListener('close', () => { render(nothing, box); if (back && back.isConnected) back.focus(); });
  }
  if (!box.open) { back = document.activeElement; }
  render(content, box);
  if (!box.open) box.showModal();
}
export const close = () => box && box.open && box.close();
export const isOpen = () => !!box && box.open;

/**
 * @param title what is going to be done
 * @param more what to show above the reason, or nothing
 * @param count a number that has to be typed, or undefined
 * @param act (reason) => promise; what it gives is shown, or the dialog closes
 */
export function ask({ title, more = nothing, count, act }) {
  let failed = nothing;
  let busy = false;
  const draw = () => open(html`<form @submit=${submit} aria-labelledby="asked">
    <h2 id="asked">${title}</h2>${more}${failed}
    ${count === undefined ? nothing : html`<label for="count">${t('typeCount')}：${count}</label>
      <input id="count" name="count" inputmode="numeric" autocomplete="off" required pattern=${count} ?disabled=${busy}>`}
    <label for="reason">${t('reason')} <small>${t('reasonHint')}</small></label>
    <textarea id="reason" name="reason" rows="2" minlength="4" maxlength="200" required autofocus></textarea>
    <div class="actions"><button type="button" @click=${close}>${t('close')}</button><button class="main" type="submit" ?disabled=${busy}>${t('confirm')}</button></div></form>`);
  async function submit(event) {
    event.preventDefault();
    busy = true;
    draw();
    try {
      const shown = await act(event.target.elements.reason.value);
      if (shown) show(title, shown); else close();
    } catch (e) {
      failed = refusal(e);
    }
    busy = false;
    if (isOpen() && failed !== nothing) draw();
  }
  draw();
}
export function show(title, content) {
  open(html`<h2>${title}</h2>${content}<div class="actions"><button class="main" autofocus @click=${close}>${t('close')}</button></div>`);
}
