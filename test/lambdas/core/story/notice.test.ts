import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../../lambdas/core/story/notice.ts';

const of = (title: string, summary = '') => noticeOf({ title, summary });

describe('noticeOf', () => {
  it.each([
    ['update', 'UPDATE 2-Navy orders two frigates'],
    ['update', 'UPDATE: Navy orders two frigates'],
    ['update', 'Update 1: Navy orders two frigates'],
    ['update', '[Updated] Navy orders two frigates'],
    ['update', 'Navy orders two frigates (Updated)'],
    ['update', 'Navy orders two frigates – Updated'],
    ['update', 'WRAPUP 3-Ministers meet in Brussels'],
    ['update', '2nd Ld: Ministers meet in Brussels'],
    ['correction', 'CORRECTED-Navy orders two frigates'],
    ['correction', 'Corrected: Navy orders two frigates'],
    ['correction', 'CORRECTION: Navy orders two frigates'],
    ['correction', 'Correction to headline: Navy orders two frigates'],
    ['correction', 'Clarification - Navy orders two frigates'],
    ['correction', 'REFILE-Navy orders two frigates'],
    ['correction', 'ADVISORY-Story on frigates'],
    ['correction', 'Navy orders two frigates [corrected]'],
    ['correction', 'Rectificatif : la marine commande deux frégates'],
    ['retraction', 'RETRACTED: Navy orders two frigates'],
    ['retraction', 'Withdrawn - Navy orders two frigates'],
    ['retraction', 'KILL: Navy orders two frigates'],
    ['retraction', 'MANDATORY KILL - Navy orders two frigates'],
    ['retraction', 'Navy orders two frigates (Retracted)'],
    ['retraction', 'Editor’s note: This story has been withdrawn'],
  ])('is %s for %s', (notice, title) => {
    expect(of(title)).toBe(notice);
  });

  it.each([
    ['correction', 'Correction: An earlier text named the wrong yard.'],
    ['correction', 'This story has been corrected to say that the yard is in Gdynia.'],
    ['correction', 'An earlier version of this article misstated the number of ships.'],
    ['correction', 'Editor’s note: A previous version of this story incorrectly named the class.'],
    ['retraction', 'This article has been retracted by the publisher.'],
    ['update', 'Update (20 Nov.): The ministry has answered since.'],
  ])('is %s where the summary begins with: %s', (notice, summary) => {
    expect(of('Navy orders two frigates', summary)).toBe(notice);
  });

  it.each(
    [
      'Update on the F-35 programme',
      'Updated radar goes to sea',
      'Army updates its field manual',
      'Software update grounds the fleet',
      'Block 4 update delayed: what it means',
      'Corrections officers join the reserve',
      'Course correction for the frigate programme',
      'Correct aim: how gunners train',
      'Kill chain: how the Army finds its targets',
      'Kill switch - who holds it?',
      'KILL-WEB exercise ends',
      'Kill-web exercise ends',
      'Troops withdrawn from the border',
      'Withdrawal of forces from Mali: a timeline',
      'Navy withdraws its offer',
      'Travel advisory: what sailors should know',
      'Advisory board meets',
      'Minister retracts his words on the tanks',
      'Amended budget passes the house',
      'Clarification of rules of engagement sought',
      'Correction facility guards armed',
    ].filter((title) => !title.startsWith('Updated:')),
  )('is nothing for %s', (title) => {
    expect(of(title)).toBeNull();
  });

  it('is nothing for an ordinary summary', () => {
    expect(
      of('Navy orders ships', 'The update of the radar was withdrawn. Correction of course followed.'),
    ).toBeNull();
    expect(of('Navy orders ships', 'This story is about the withdrawn troops.')).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, summary) => {
        expect([null, 'update', 'correction', 'retraction']).toContain(noticeOf({ title, summary }));
      }),
    );
  });
});
