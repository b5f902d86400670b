/** The workflow as it is drawn. Part of the texts of workflows. */
export const workflowCanvas = {
  label: 'Canvas of the workflow',
  view: 'Show the steps as',
  canvas: 'Canvas',
  outline: 'Outline',
  other_view: 'Switch between canvas and outline',
  undo: 'Undo edit',
  redo: 'Redo edit',
  duplicate: 'Duplicate the step',
  zoom_in: 'Zoom in',
  zoom_out: 'Zoom out',
  fit: 'Show all of it',
  end: 'End',
  in_time: 'In time',
  no_error: 'If it works',
} as const;
