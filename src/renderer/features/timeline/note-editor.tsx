import '@mantine/tiptap/styles.css';
import { Button } from '@mantine/core';
import { Link, RichTextEditor } from '@mantine/tiptap';
import { Placeholder } from '@tiptap/extensions';
import { useEditor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShortcut } from '../../commands/format-shortcut.ts';
import classes from './note-editor.module.css';

export interface NoteEditorProps {
  /** HTML the editor starts with. */
  readonly start: string;
  readonly saveLabel: string;
  readonly isSaving: boolean;
  /** Why the last save failed; what was typed stays. */
  readonly error: string | null;
  readonly onSave: (html: string) => void;
  readonly onCancel: () => void;
}

/** A small rich-text editor. Mod+Enter saves, Esc leaves. */
export function NoteEditor(props: NoteEditorProps) {
  const { start, saveLabel, isSaving, error, onSave, onCancel } = props;
  const { t } = useTranslation(['timeline', 'common']);
  const [isEmpty, setIsEmpty] = useState(start === '');
  const editor = useEditor({
    content: start,
    autofocus: 'end',
    extensions: [
      StarterKit.configure({ link: false, heading: { levels: [1, 2, 3] } }),
      Link,
      Placeholder.configure({ placeholder: t('timeline:write_note') }),
    ],
    editorProps: {
      attributes: { 'aria-label': t('timeline:note'), role: 'textbox', 'aria-multiline': 'true' },
    },
    onUpdate: ({ editor: changed }) => setIsEmpty(changed.isEmpty),
  });

  function save(): void {
    if (!isEmpty) onSave(editor.getHTML());
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the editor inside
    <div
      className={classes.editor}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          save();
        }
      }}
    >
      <RichTextEditor editor={editor} className={classes.frame ?? ''}>
        <RichTextEditor.Content className={classes.content ?? ''} />
        <div className={classes.bar}>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Link />
          </RichTextEditor.ControlsGroup>
          <span className={classes.buttons}>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
              {t('common:cancel')}
            </Button>
            <Button
              size="compact-sm"
              disabled={isEmpty}
              loading={isSaving}
              onClick={save}
              title={formatShortcut('mod+enter')}
            >
              {saveLabel}
            </Button>
          </span>
        </div>
      </RichTextEditor>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
