import { isMapping, type Mapping } from '../core/value.ts';
import { checkFieldRef, checkResourceFieldRef, FILE_FIELDS } from './downward.ts';
import type { Field } from './field.ts';
import { needText, within } from './fields.ts';
import { each, has, inside, itemOf, list, mapping, text } from './read.ts';
import { LOCAL_PATH } from './syntax.ts';

/** The highest mode of a file. */
export const MODE = 0o777;
const NAME = 'a name';

/** Modes, and what of a ConfigMap or Secret goes where. */
export function checkItems(source: Mapping, at: Field): void {
  within(source, 'defaultMode', 0, MODE, at);
  each(source, 'items', at, checkKeyToPath);
}

function checkKeyToPath(item: Mapping, at: Field): void {
  needText(item, 'key', 'a key', at);
  needText(item, 'path', 'a relative path', at);
  checkLocalPath(item, at.at('path'));
  within(item, 'mode', 0, MODE, at);
}

function checkLocalPath(item: Mapping, at: Field): void {
  const path = text(item, 'path') ?? '';
  if (path !== '' && !LOCAL_PATH.test(path)) at.invalid(path, LOCAL_PATH.expected);
}

/** A file of the downward API; the server names its mistakes at the source, without the item. */
function checkDownwardFile(item: Mapping, at: Field): void {
  needText(item, 'path', 'a relative path', at);
  checkLocalPath(item, at.at('path'));
  const fieldRef = mapping(item, 'fieldRef');
  const resourceFieldRef = mapping(item, 'resourceFieldRef');
  if (has(item, 'fieldRef')) {
    if (fieldRef !== undefined) checkFieldRef(fieldRef, at.at('fieldRef'), FILE_FIELDS);
    if (has(item, 'resourceFieldRef'))
      at.refuse('the item has a fieldRef and a resourceFieldRef, expected one of them');
  } else if (has(item, 'resourceFieldRef')) {
    if (resourceFieldRef !== undefined)
      checkResourceFieldRef(resourceFieldRef, at.at('resourceFieldRef'), true);
  } else at.refuse('the item has no fieldRef and no resourceFieldRef, expected one of them');
  within(item, 'mode', 0, MODE, at);
}

/** The items of a downward API volume. */
export function checkDownwardFiles(source: Mapping, at: Field): void {
  const items = list(source, 'items');
  for (let i = 0; i < items.length; i++) {
    const item = itemOf(items[i]);
    if (item !== undefined) checkDownwardFile(item, at.within('items').within(i));
  }
}

/** The sources of a projected volume, whose paths must differ. */
export function checkProjected(source: Mapping, at: Field): void {
  within(source, 'defaultMode', 0, MODE, at);
  const paths = new Set<string>();
  const claim = (path: string | undefined): void => {
    if (path === undefined || path === '') return;
    if (paths.has(path)) at.refuse(`two items have the path "${path}", expected one of its own for each`);
    paths.add(path);
  };
  each(source, 'sources', at, (projection, place) => {
    let kinds = 0;
    for (const key of ['secret', 'configMap']) {
      if (!has(projection, key)) continue;
      kinds++;
      inside(projection, key, place, (part, here) => {
        needText(part, 'name', NAME, here);
        each(part, 'items', here, (item, itemPlace) => {
          checkKeyToPath(item, itemPlace);
          claim(text(item, 'path'));
        });
      });
    }
    if (has(projection, 'downwardAPI')) {
      kinds++;
      inside(projection, 'downwardAPI', place, (part, here) => {
        checkDownwardFiles(part, here);
        for (const item of list(part, 'items')) if (isMapping(item)) claim(text(item, 'path'));
      });
    }
    if (has(projection, 'serviceAccountToken')) {
      kinds++;
      inside(projection, 'serviceAccountToken', place, (part, here) => {
        within(part, 'expirationSeconds', 600, 2 ** 32, here);
        // The server names the path of a token at the volume.
        const path = at.alias('path', undefined);
        if ((text(part, 'path') ?? '') === '') path.required('a relative path for the token');
        else checkLocalPath(part, path);
      });
    }
    if (kinds > 1) place.refuse('the source has several kinds, expected one a source');
  });
}
