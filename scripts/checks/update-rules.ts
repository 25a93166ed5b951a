import type { Rule } from '../core/finding.ts';

export const LIVE_SLOT_CHANGED: Rule = {
  id: 'live-slot-changed',
  category: 'release',
  severity: 'error',
  title: 'The slot that users are on gets another pod template',
  why: 'Its pods restart in each region at another time, so that users of two regions see two different versions, and no flip can undo it.',
  fix: 'Change the idle slot and flip, or annotate the Deployment with `allow.planetarium.dev/live-slot-changed: <reason>` where users cannot notice.',
};

export const UPDATE_RULES: readonly Rule[] = [LIVE_SLOT_CHANGED];
