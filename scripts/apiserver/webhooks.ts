import { isMapping, type Mapping } from '../core/value.ts';
import { checkMatchConditions } from './expressions.ts';
import type { Field } from './field.ts';
import { needOneOf, needSyntax, unique, within, writtenOneOf } from './fields.ts';
import type { ServerKind } from './kind.ts';
import { checkMatchRule } from './match-rules.ts';
import { EMPTY, each, list, mapping, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelector } from './selector.ts';
import { DNS_SUBDOMAIN, QUALIFIED_DOMAIN } from './syntax.ts';
import { checkReviewVersions, checkWebhookClient } from './webhook-client.ts';

export const REFUSED_WEBHOOK = serverRule({
  id: 'refused-webhook',
  title: 'Webhook configuration that the API server refuses',
  why: 'The server calls a webhook within each request that it matches, so it wants to know exactly which requests, how to reach it, and what it does besides.',
  fix: 'Name the webhook as a domain of three parts, give it rules, one of url and service, its side effects and the review versions that it understands.',
  covers: [
    'names of webhooks, each once',
    'operations, groups, versions and resources of rules, and `*` alone',
    '`clientConfig` has either a service or an https URL',
    '`sideEffects`, `failurePolicy`, `matchPolicy`, `reinvocationPolicy`, `timeoutSeconds`, `admissionReviewVersions`',
    'names and expressions of `matchConditions`',
  ],
});

function checkWebhooks(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_WEBHOOK);
  const mutating = object.kind === 'MutatingWebhookConfiguration';
  each(object, 'webhooks', at, (webhook, place) => checkWebhook(webhook, place, mutating));
  unique(
    list(object, 'webhooks').map((item) => (isMapping(item) ? textOf(item.name) : undefined)),
    (index) => at.at('webhooks').at(index).at('name'),
  );
}

function checkWebhook(webhook: Mapping, at: Field, mutating: boolean): void {
  needSyntax(webhook, 'name', QUALIFIED_DOMAIN, at);
  each(webhook, 'rules', at, checkMatchRule);
  writtenOneOf(webhook, 'failurePolicy', ['Fail', 'Ignore'], at);
  writtenOneOf(webhook, 'matchPolicy', ['Exact', 'Equivalent'], at);
  needOneOf(webhook, 'sideEffects', ['None', 'NoneOnDryRun'], at);
  within(webhook, 'timeoutSeconds', 1, 30, at);
  checkSelector(webhook, 'namespaceSelector', at);
  checkSelector(webhook, 'objectSelector', at);
  checkWebhookClient(mapping(webhook, 'clientConfig') ?? EMPTY, at.at('clientConfig'));
  checkReviewVersions(webhook, 'admissionReviewVersions', at);
  if (mutating) writtenOneOf(webhook, 'reinvocationPolicy', ['Never', 'IfNeeded'], at);
  checkMatchConditions(webhook, at, 'webhook');
}

export const WEBHOOK_KINDS: readonly ServerKind[] = [
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
].map((kind) => ({
  group: 'admissionregistration.k8s.io',
  kind,
  namespaced: false,
  name: DNS_SUBDOMAIN,
  check: checkWebhooks,
  rules: [REFUSED_WEBHOOK],
}));
