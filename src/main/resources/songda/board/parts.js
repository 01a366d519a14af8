// What several views draw alike. Text is always set as text: lit-html never makes HTML of a value.
import { html, nothing } from './lib/lit-html.js';
import { t, state, stateText, span, time } from './words.js';

export const chip = (value, kind) => html`<span class="chip ${state(value, kind)[2]}">${stateText(value, kind)}</span>`;
export const chips = (o) => html`${o.anomaly && o.anomaly !== 'NONE' ? html`${chip(o.anomaly, 'anomaly')} ` : nothing}${
  o.receiptStage && o.receiptStage !== 'NONE' ? chip(o.receiptStage, 'receipt') : nothing}`;
/** A button that who may not act sees greyed, with why. */
export const act = (board, label, click, kind = '') => html`<button class=${kind} ?disabled=${!board.me.acts} title=${board.me.acts ? '' : t('noRight')} @click=${(e) => { e.stopPropagation(); click(); }}>${label}</button>`;
export const reveal = (board, label, click) => html`<button ?disabled=${!board.me.reveals} title=${board.me.reveals ? '' : t('noRight')} @click=${click}>${label}</button>`;

export function due(iso, now) {
  const ms = new Date(iso) - now;
  const kind = ms < 0 ? 'over' : ms < 7200000 ? 'soon' : '';
  return html`<span class="due ${kind}">${ms < 0 ? t('overBy') : t('inTime')} ${span(ms)}</span> <span class="sub">${time(iso, now)}</span>`;
}
/** Rows that arrows walk along and Enter opens. */
export function keys(event) {
  const row = event.target.closest('tr.row');
  if (!row || event.target !== row) return;
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  if (step && row[step]) { event.preventDefault(); row[step].focus(); }
  if (event.key === 'Enter') { event.preventDefault(); row.click(); }
}
export const loading = () => html`<p class="empty" role="status">${t('loading')}</p>`;
