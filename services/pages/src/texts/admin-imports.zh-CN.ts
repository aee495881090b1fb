/** Imports from files. */
export const adminImportsZhCN = {
  imports: {
    courseware: {
      title: '批量导入课件',
      lead: '从 Excel 另存为 CSV（UTF-8）后上传，或直接粘贴。先检查，确认后才导入。',
      columns: [
        ['id', '课件编号'],
        ['title', '课件名称'],
        ['kind', 'video（视频）或 document（文档）'],
        ['limitHours', '约定学时，例如 1.5 或 1h30m'],
      ],
      done: (created: number, updated: number) => `导入完成：新增 ${created} 个，修改 ${updated} 个课件。`,
      unit: '个课件',
    },
    learners: {
      title: '批量导入学员',
      lead: '从 Excel 另存为 CSV（UTF-8）后上传，或直接粘贴。先检查，确认后才导入。',
      columns: [
        ['learnerId', '学员编号'],
        ['name', '姓名'],
        ['organisationId', '单位编号；空着为总部'],
        ['active', 'true 在册，false 已离开；可省略'],
      ],
      done: (created: number, updated: number) => `导入完成：新增 ${created} 名，修改 ${updated} 名学员。`,
      unit: '名学员',
    },
    template: '下载模板',
    columnsTitle: '列',
    file: 'CSV 文件',
    paste: '或粘贴表格内容',
    pasteHelp: '第一行是列名。',
    check: '检查',
    nothing: '请选择文件或粘贴内容。',
    notText: '这个文件不是文本。请在 Excel 里选“CSV UTF-8”另存。',
    checked: '检查通过，还没有导入',
    created: '新增',
    updated: '修改',
    unchanged: '不变',
    confirm: '确认导入',
    change: '修改内容',
    faulty: (count: number) => `有 ${count} 处需要改正，没有导入任何内容`,
    faultyText: '改正后重新检查。整个文件要么全部导入，要么都不导入。',
    line: '行',
    column: '列',
    fault: '问题',
    nothingNew: '文件内容与现有数据完全一致，不需要导入。',
    noUndo: '导入后没有一键撤销；每一处修改都会写入变更记录。',
  },
};

export type AdminImportsTexts = typeof adminImportsZhCN;
