// One order across all systems: a lane each, what was said and what was done in it, and the deadlines ahead of now.
import { html, svg, nothing } from './lib/lit-html.js';
import { t, system, state, fact, stateText, time } from './words.js';

const [LEFT, WIDTH, LANE, TOP] = [74, 1040, 26, 26];

const lane = (e) => (e.kind === 'fact' ? e.source : e.kind === 'effect' ? e.effect.split('-')[0] : 'deadline');
const laneName = (name) => (name === 'deadline' ? t('deadline') : system(name));

/** A day is as wide as another only while little lies between: long silences are drawn shorter, in the same order. */
function scale(times) {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const steps = sorted.map((at, i) => (i ? Math.sqrt(Math.max(1, (at - sorted[i - 1]) / 60000)) + 4 : 0));
  const sum = steps.reduce((a, b) => a + b, 0) || 1;
  const places = new Map();
  let x = LEFT + 14;
  sorted.forEach((at, i) => { x += (steps[i] / sum) * (WIDTH - LEFT - 130); places.set(at, x); });
  return (at) => places.get(at);
}
function mark(e, x, y) {
  const at = time(e.at);
  if (e.kind === 'fact') return svg`<circle class="fact" cx=${x} cy=${y} r="5"><title>${fact(e.fact)} ${at}</title></circle>`;
  if (e.kind === 'effect') return svg`<rect class="e-${state(e.state)[2]}" x=${x - 5} y=${y - 5} width="10" height="10" rx="2"><title>${e.effect} ${stateText(e.state)} ${at}</title></rect>`;
  const kind = { OPEN: 'open', PAUSED: 'paused', PARKED: 'paused' }[e.state] || 'done';
  return svg`<path class="d-${kind}" d="M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z"><title>${e.deadline} ${stateText(e.state)} ${at}: ${fact(e.reports)}</title></path>`;
}
export function lanes(timeline, now) {
  if (!timeline.length) return nothing;
  const names = [...new Set(timeline.map(lane))].sort((a, b) => (a === 'deadline') - (b === 'deadline'));
  const x = scale([...timeline.map((e) => +new Date(e.at)), +now]);
  const height = TOP + names.length * LANE + 22;
  const nowX = x(+now);
  const seen = {};
  const marks = timeline.map((e) => {
    const key = `${lane(e)}@${e.at}`;
    seen[key] = (seen[key] ?? -1) + 1;
    return mark(e, x(+new Date(e.at)) + Math.min(seen[key], 8) * 12, TOP + names.indexOf(lane(e)) * LANE + LANE / 2);
  });
  const open = timeline.filter((e) => e.kind === 'deadline' && e.state === 'OPEN' && new Date(e.at) > now).slice(0, 1);
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${t('timeline')}><svg class="lanes" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${t('timeline')}>
    <rect class="ahead" x=${nowX} y=${TOP - 6} width=${WIDTH - nowX} height=${names.length * LANE + 8}></rect>
    ${names.map((name, i) => svg`<line class="lane" x1=${LEFT} x2=${WIDTH} y1=${TOP + i * LANE + LANE / 2} y2=${TOP + i * LANE + LANE / 2}></line>
      <text x="0" y=${TOP + i * LANE + LANE / 2 + 4}>${laneName(name)}</text>`)}
    <line class="nowline" x1=${nowX} x2=${nowX} y1=${TOP - 10} y2=${height - 20}></line><text class="nowtext" x=${nowX} y="12" text-anchor="middle">${t('now')} ${time(now)}</text>
    <text class="soft" x=${LEFT} y=${height - 4}>${time(timeline[0].at, now)}</text>
    ${open.map((e) => svg`<text class="soft" x=${WIDTH} y=${height - 4} text-anchor="end">${t('nextDeadline')} ${time(e.at, now)}</text>`)}
    ${marks}</svg></div>`;
}
