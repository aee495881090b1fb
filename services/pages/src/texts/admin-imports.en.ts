import type { AdminImportsTexts } from './admin-imports.zh-CN.ts';
import { counted } from './counted.ts';

/** Imports from files. */
export const adminImportsEn: AdminImportsTexts = {
  imports: {
    courseware: {
      title: 'Import courseware',
      lead: 'Save a spreadsheet as CSV (UTF-8) and upload it, or paste it. It is checked first, and imported once you confirm.',
      columns: [
        ['id', 'id of the courseware'],
        ['title', 'its title'],
        ['kind', 'video or document'],
        ['limitHours', 'its hours, such as 1.5 or 1h30m'],
      ],
      done: (created, updated) => `Imported: ${created} added, ${updated} changed.`,
      unit: ' courseware',
    },
    learners: {
      title: 'Import learners',
      lead: 'Save a spreadsheet as CSV (UTF-8) and upload it, or paste it. It is checked first, and imported once you confirm.',
      columns: [
        ['learnerId', 'id of the learner'],
        ['name', 'their name'],
        ['organisationId', 'id of their institute; empty: headquarters'],
        ['active', 'true, or false for who has left; may be missing'],
      ],
      done: (created, updated) => `Imported: ${created} added, ${updated} changed.`,
      unit: ' learners',
    },
    template: 'Download a template',
    columnsTitle: 'Columns',
    file: 'CSV file',
    paste: 'Or paste the table',
    pasteHelp: 'The first line names the columns.',
    check: 'Check',
    nothing: 'Choose a file or paste the table.',
    notText: 'This file is not text. In Excel, save it as “CSV UTF-8”.',
    checked: 'All is well; nothing is imported yet',
    created: 'New',
    updated: 'Changed',
    unchanged: 'Unchanged',
    confirm: 'Import',
    change: 'Change the table',
    faulty: (count) => `${counted(count, 'thing')} to mend; nothing was imported`,
    faultyText: 'Mend it and check again. A file is imported as a whole, or not at all.',
    line: 'Line',
    column: 'Column',
    fault: 'What is wrong',
    nothingNew: 'The file says what is known already; there is nothing to import.',
    noUndo: 'There is no single step back from an import; every change is kept in the list of changes.',
  },
};
