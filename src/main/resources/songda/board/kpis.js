import { html, nothing } from './lib/lit-html.js';
import { get } from './hub.js';
import { t, say, county, time } from './words.js';
import { keys, loading } from './parts.js';

let window7;
let open;
let again;

export async function load(kpi) {
  open = kpi;
  window7 = await get('kpis');
}
const place = (code) => (code === 'other' ? t('elsewhere') : county(code));
const unit = { percent: '%', 'per-10000': '‱', count: '' };
const worth = (one, count) => (one.unit === 'count' ? count.met : count.value === null ? '—' : count.value + unit[one.unit]);
const state = (one, count) => (!count.judged ? html`<span class="chip">${t('notJudged')}</span>` : count.alarming ? html`<span class="chip bad">${t('overLine')}</span>`
  : one.alarm ? html`<span class="chip good">${t('inOrder')}</span>` : nothing);

export function draw(board) {
  if (!window7) return loading();
  // Nothing in the live stream says that they were counted again.
  again ||= setTimeout(() => { again = 0; if (location.hash.startsWith('#kpis')) board.refresh(); }, window7.at ? 15000 : 5000);
  if (!window7.at) return html`<section class="card"><h2>${t('kpis')}</h2><p class="empty">${t('notCounted')}</p></section>`;
  const sorted = [...window7.kpis].sort((a, b) => b.alarming - a.alarming || !!b.judged - !!a.judged);
  const chosen = window7.kpis.find((one) => one.kpi === open);
  return html`${chosen ? counties(board, chosen) : nothing}<section class="card"><h2>${t('kpis')} <small>${t('lastDays')} · ${time(window7.at)}</small></h2><div class="scroll"><table class="stack">
    <thead><tr>${['kpi', 'state', 'value', 'line', 'metOf', 'worst'].map((k) => html`<th scope="col" class=${['value', 'metOf'].includes(k) ? 'n' : ''}>${t(k)}</th>`)}</tr></thead>
    <tbody @keydown=${keys}>${sorted.map((one) => row(board, one))}</tbody></table></div></section>`;
}
/** The county that is furthest over the line, or nothing. */
function worst(one) {
  const over = one.counties.filter((c) => c.alarming).sort((a, b) => (one.alarm.startsWith('<') ? a.value - b.value : b.value - a.value));
  return over.length ? `${place(over[0].county)} ${worth(one, over[0])}` : '—';
}
function row(board, one) {
  return html`<tr class="row" tabindex="0" aria-selected=${one.kpi === open} @click=${() => board.go('kpis/' + one.kpi)}><td data-label=${t('kpi')}><a href="#kpis/${one.kpi}" tabindex="-1">${say(one.zh, one.en)}</a></td>
    <td data-label=${t('state')}><span>${state(one, one)}</span></td><td class="n" data-label=${t('value')}>${worth(one, one)}</td><td data-label=${t('line')}>${one.alarm || '—'}</td>
    <td class="n" data-label=${t('metOf')}>${one.met} / ${one.judged}</td><td data-label=${t('worst')}>${worst(one)}</td></tr>`;
}
function counties(board, one) {
  const [zh, en] = one.formula.split(' / ');
  const rows = one.counties.filter((c) => c.judged).sort((a, b) => b.alarming - a.alarming || b.judged - a.judged);
  return html`<section class="card"><h2>${say(one.zh, one.en)} <small>${one.rules.join(' ')}</small></h2><p>${say(zh, en)}</p>
    ${rows.length ? html`<div class="scroll"><table><thead><tr>${['county', 'state', 'value', 'metOf', 'leftOut'].map((k) => html`<th scope="col" class=${['value', 'metOf', 'leftOut'].includes(k) ? 'n' : ''}>${t(k)}</th>`)}</tr></thead>
    <tbody>${rows.map((c) => html`<tr><th scope="row">${place(c.county)}</th><td>${state(one, c)}</td><td class="n">${worth(one, c)}</td><td class="n">${c.met} / ${c.judged}</td><td class="n">${c.excluded}</td></tr>`)}</tbody></table></div>`
    : html`<p class="empty">${t('notJudged')}</p>`}<div class="actions"><button @click=${() => board.go('kpis')}>${t('close')}</button></div></section>`;
}
