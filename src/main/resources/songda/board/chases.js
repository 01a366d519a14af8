import { html, nothing } from './lib/lit-html.js';
import { get, post } from './hub.js';
import { t, county, role, fact, span, time, stateText } from './words.js';
import { act, chip, chips, due, keys, loading } from './parts.js';
import { ask } from './dialog.js';

let overview;
let page;
let filter = { county: '', anomaly: '', receipt: '', cursor: '' };

export async function load() {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  [overview, page] = await Promise.all([get('overview'), get('chases?' + query)]);
}
/** The directory's id of a person. */
const person = (holder) => holder && holder.replace(/^contact:/, '');
const narrow = (board, change) => { filter = { ...filter, cursor: '', ...change }; board.refresh(); };

export function draw(board) {
  if (!page) return loading();
  return html`<div class="columns"><section class="card"><h2>${t('openChases')} <small>${t('county')} × ${t('age')}</small></h2>${heat(board)}</section>
    <section class="card"><h2>${t('ladder')}</h2>${ladder(board)}</section></div>
    <section class="card"><h2>${t('chases')} ${picked(board)}</h2>${list(board)}<p class="help">${t('help')}</p></section>
    <section class="card"><h2>${t('contradictions')} <small>${overview.contradictions.many || ''}</small></h2>${contradictions(board)}</section>`;
}
function contradictions(board) {
  const { oldest, many } = overview.contradictions;
  if (!oldest.length) return html`<p class="empty">${t('noContradictions')}</p>`;
  return html`<p class="help">${t('contradictionsHelp')}</p>${many > oldest.length ? html`<p class="help">${t('contradictionsMore')}</p>` : nothing}<div class="scroll"><table class="stack">
    <thead><tr>${['order', 'county', 'stage', 'state', 'age'].map((k) => html`<th scope="col">${t(k)}</th>`)}</tr></thead>
    <tbody @keydown=${keys}>${oldest.map((one) => html`<tr class="row" tabindex="0" @click=${() => board.go('order/' + one.id)}>${order(one)}
      <td data-label=${t('stage')}><span>${chip(one.stage, 'stage')}</span></td><td data-label=${t('state')}><span>${chips(one)}</span></td>${age(board, one)}</tr>`)}</tbody></table></div>`;
}
const order = (one) => html`<td data-label=${t('order')}><span><a href="#order/${one.id}" tabindex="-1">${one.waybillNo || one.orderNo}</a><span class="sub">${one.orderNo}</span></span></td>
    <td data-label=${t('county')}>${county(one.county)}</td>`;
const age = (board, one) => html`<td data-label=${t('age')} class="t"><span>${span(board.now() - new Date(one.since))}<span class="sub">${time(one.since, board.now())}</span></span></td>`;
function sums() {
  const rows = {};
  for (const one of overview.counts) {
    const row = (rows[one.county] ||= [0, 0, 0, 0]);
    row[one.days] += one.chases;
  }
  return Object.entries(rows).map(([code, days]) => ({ code, days, total: days.reduce((a, b) => a + b) })).sort((a, b) => b.days[3] - a.days[3] || b.total - a.total);
}
function heat(board) {
  const rows = sums();
  if (!rows.length) return html`<p class="empty">${t('nothingChased')}</p>`;
  return html`<div class="scroll"><table><thead><tr><th scope="col">${t('county')}</th>${['under1', 'day1', 'day2', 'day3', 'total'].map((k) => html`<th scope="col" class="n">${t(k)}</th>`)}</tr></thead>
    <tbody>${rows.slice(0, 30).map((row) => html`<tr aria-selected=${filter.county === row.code}><th scope="row">${county(row.code)}</th>
      ${row.days.map((n, i) => html`<td class="n ${n ? 'heat' + i : ''}">${n || ''}</td>`)}
      <td class="n heat"><button aria-label="${county(row.code)} ${row.total}" @click=${() => narrow(board, { county: filter.county === row.code ? '' : row.code })}>${row.total}</button></td></tr>`)}</tbody></table></div>`;
}
function ladder(board) {
  if (!overview.ladder.length) return html`<p class="empty">${t('noEscalation')}</p>`;
  return html`<div class="scroll"><table><thead><tr>${['level', 'holder', 'many', 'firstUntil'].map((k) => html`<th scope="col">${t(k)}</th>`)}</tr></thead><tbody>
    ${overview.ladder.map((one) => html`<tr><td>${chip(one.anomaly, 'anomaly')}</td><td>${role(one.role) || t('nobody')}<span class="sub">${person(one.holder)} ${one.name}</span></td>
      <td class="n heat"><button aria-label="${stateText(one.anomaly, 'anomaly')} ${one.chases}" @click=${() => narrow(board, { anomaly: one.anomaly })}>${one.chases}</button></td>
      <td>${one.until ? due(one.until, board.now()) : '—'}</td></tr>`)}</tbody></table></div>`;
}
function picked(board) {
  const parts = [filter.county && county(filter.county), filter.anomaly && stateText(filter.anomaly, 'anomaly')].filter(Boolean);
  return parts.length ? html`<small>${parts.join(' · ')}</small> <button class="plain" @click=${() => narrow(board, { county: '', anomaly: '', receipt: '' })}>${t('all')}</button>` : nothing;
}
function list(board) {
  if (!page.chases.length) return html`<p class="empty">${t('nothingChased')}</p>`;
  return html`<div class="scroll"><table class="stack"><thead><tr>${['order', 'county', 'state', 'age', 'nextDeadline', 'holder', 'acknowledged'].map((k) => html`<th scope="col">${t(k)}</th>`)}</tr></thead>
    <tbody @keydown=${keys}>${page.chases.map((one) => row(board, one))}</tbody></table></div>
    <div class="actions">${filter.cursor ? html`<button @click=${() => narrow(board, {})}>${t('first')}</button>` : nothing}
      ${page.next ? html`<button @click=${() => narrow(board, { cursor: page.next })}>${t('more')}</button>` : nothing}</div>`;
}
function row(board, one) {
  const next = one.next;
  return html`<tr class="row" tabindex="0" @click=${() => board.go('order/' + one.id)}>${order(one)}
    <td data-label=${t('state')}><span>${chips(one)}</span></td>${age(board, one)}
    <td data-label=${t('nextDeadline')}><span>${next ? html`${due(next.due, board.now())} ${next.state === 'OPEN' ? nothing : chip(next.state)}<span class="sub">${fact(next.reports)}</span>` : t('none')}</span></td>
    <td data-label=${t('holder')} ?data-empty=${!one.holder}><span>${one.holder ? html`${role(one.role)} <span class="sub">${person(one.holder)}</span>` : '—'}</span></td>
    <td data-label=${t('acknowledged')}><span>${one.notedBy ? html`${one.notedBy}<span class="sub">${time(one.notedAt)}</span>` : act(board, t('acknowledge'), () => acknowledge(board, one))}</span></td></tr>`;
}
export function acknowledge(board, one) {
  ask({ title: `${t('acknowledge')}：${one.waybillNo || one.orderNo}`, act: async (reason) => { await post(`act/orders/${one.id}/acknowledge`, { reason }); board.refresh(); } });
}
