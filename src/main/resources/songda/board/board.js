// The frame: which view, who is there, what time it is, and keys. Views load what they show; the live stream says when to load again.
import { html, render, nothing } from './lib/lit-html.js';
import { get, post, listen } from './hub.js';
import { t, learn, switchLanguage, county, time } from './words.js';
import { chip, chips, keys, loading } from './parts.js';
import { isOpen, refusal } from './dialog.js';
import * as chases from './chases.js';
import * as order from './order.js';
import * as letters from './letters.js';
import * as doors from './doors.js';
import * as configuration from './configuration.js';
import * as kpis from './kpis.js';

const root = document.getElementById('board');
let found;
let wanted = '';
const searching = { load: async () => {}, draw: results };
const VIEWS = { chases, order, letters, doors, kpis, configuration, search: searching };
const TABS = ['chases', 'letters', 'doors', 'kpis', 'configuration'];
const board = { me: { acts: false, reveals: false }, now, go, refresh };
let live = 'waiting';
let stand;
let clock = { hub: Date.now(), wall: Date.now(), rate: 1 };
let failure;
let expired = false;

function now() { return new Date(clock.hub + (Date.now() - clock.wall) * clock.rate); }
function place() {
  const [view, ...rest] = decodeURIComponent(location.hash.slice(1)).split('/');
  return VIEWS[view] ? [view, rest] : ['chases', []];
}
function go(where) { location.hash = where; }

let loads = 0;
let loadedAt = 0;
let owed = false;
async function refresh() {
  const mine = ++loads;
  loadedAt = Date.now();
  const [view, rest] = place();
  try {
    await VIEWS[view].load(...rest);
    if (mine === loads) failure = undefined;
  } catch (e) {
    if (!e.problem) throw e;
    if (mine === loads) failure = e;
  }
  draw();
}
function draw() {
  const [view] = place();
  render(html`<a class="skip" href="#main" @click=${(e) => { e.preventDefault(); document.querySelector('main').focus(); }}>${t('skip')}</a>
    <header class="top"><h1>送达 <span>${t('title')}</span></h1><nav aria-label=${t('title')}>${TABS.map((tab) => html`<a href="#${tab}" aria-current=${view === tab ? 'page' : nothing}>${t(tab)}${badge(tab)}</a>`)}</nav>
    <form role="search" @submit=${search}><input id="find" type="search" autocomplete="off" aria-label=${t('searchHint')} placeholder=${t('searchHint')} .value=${wanted}><button type="submit">${t('search')}</button></form>
    <div class="who"><time>${stand ? time(now(), now()).slice(-5) : ''}</time><span class="pulse ${live}" role="status">${t(live)}</span><span>${board.me.name}${board.me.acts ? '' : html` <span class="chip">${t('readOnly')}</span>`}</span>
      <button class="plain" @click=${() => { switchLanguage(); draw(); }}>${t('language')}</button><button class="plain" @click=${logout}>${t('logout')}</button></div></header>
    <main tabindex="-1" aria-label=${t(view)}>${expired ? html`<div class="tell warn" role="alert"><p>${t('loginAgain')} <a href="/board/" target="_blank" rel="noopener">${t('loginOpen')}</a></p></div>` : nothing}
      ${failure ? refusal(failure) : nothing}${failure && failure.status === 404 ? nothing : VIEWS[view].draw(board)}</main>`, root);
  document.title = `${t(view)} · 送达 Songda`;
}
function badge(tab) {
  const n = stand && { chases: stand.chases, letters: stand.letters, doors: stand.stopped }[tab];
  return n ? html`<b>${n}</b>` : nothing;
}
async function search(event) {
  event.preventDefault();
  wanted = event.target.querySelector('input').value.trim();
  try {
    found = await post('search', { q: wanted });
    failure = undefined;
    if (found.orders.length === 1) return go('order/' + found.orders[0].id);
    if (place()[0] === 'search') draw(); else go('search');
  } catch (e) {
    if (!e.problem) throw e;
    failure = e;
    draw();
  }
}
function results() {
  if (!found || !found.orders.length) return html`<section class="card"><p class="empty" role="status">${t('searchNone')}</p></section>`;
  return html`<section class="card"><h2>${t('search')} <small>${wanted}</small></h2>${found.more ? html`<p class="empty">${t('searchMore')}</p>` : nothing}<div class="scroll"><table class="stack">
    <thead><tr>${['waybill', 'orderNo', 'county', 'stage', 'state', 'received'].map((k) => html`<th scope="col">${t(k)}</th>`)}</tr></thead><tbody @keydown=${keys}>${found.orders.map((o) => html`<tr class="row" tabindex="0"
      @click=${() => go('order/' + o.id)}><td data-label=${t('waybill')}><a href="#order/${o.id}" tabindex="-1">${o.waybillNo || '—'}</a></td><td data-label=${t('orderNo')}>${o.orderNo}</td><td data-label=${t('county')}>${county(o.county)}</td>
      <td data-label=${t('stage')}><span>${chip(o.stage, 'stage')}</span></td><td data-label=${t('state')}><span>${chips(o)}</span></td><td class="t" data-label=${t('received')}>${time(o.receivedAt)}</td></tr>`)}</tbody></table></div></section>`;
}
async function logout() {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/logout';
  const token = document.createElement('input');
  token.type = 'hidden';
  token.name = '_csrf';
  token.value = document.cookie.replace(/(?:.*; )?XSRF-TOKEN=([^;]*).*/, '$1');
  form.append(token);
  document.body.append(form);
  form.submit();
}
document.addEventListener('songda-expired', () => { expired = true; draw(); });
document.addEventListener('keydown', (event) => {
  const typing = /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
  if (isOpen()) return;
  if (event.key === '/' && !typing) { event.preventDefault(); document.getElementById('find').focus(); document.getElementById('find').select(); }
  else if (event.key === 'Escape' && event.target.id === 'find') document.querySelector('main').focus();
  else if (event.key === 'Escape' && place()[1].length) history.back();
  else if (event.key === 'ArrowDown' && !typing && !event.target.closest('tr.row, pre')) { const first = document.querySelector('main tr.row'); if (first) { event.preventDefault(); first.focus(); } }
});
window.addEventListener('hashchange', () => { failure = undefined; draw(); refresh(); window.scrollTo(0, 0); });
if (location.search === '?framed') document.body.classList.add('framed');

/** What changes on the board follows the hub at once; mere traffic (new facts), and doors, at a walk: many boards are open at a time. */
const WALK = 5000;
function heard(said) {
  clock = { hub: +new Date(said.now), wall: Date.now(), rate: said.rate };
  const [before, after] = [stand, said].map((s) => s && JSON.stringify({ ...s, now: 0, fact: 0 }));
  const traffic = place()[0] === 'doors' || !stand || stand.fact !== said.fact || owed;
  stand = said;
  if (expired) { expired = false; get('me').then((me) => { board.me = me; }); }
  owed = before === after && traffic && Date.now() - loadedAt < WALK;
  if (before !== after || (traffic && !owed)) refresh(); else draw();
}
draw();
Promise.all([get('me'), get('words')]).then(([me, words]) => {
  board.me = me;
  learn(words);
  refresh();
  listen(heard, (how) => { live = how; draw(); });
}).catch((e) => { failure = e.problem ? e : { problem: { title: String(e) } }; draw(); });
