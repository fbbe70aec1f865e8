import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "./button.tsx";
import { Form } from "./field.tsx";
import type { Problem } from "./problems.ts";

interface DialogProps {
  title: string;
  onClose: () => void;
  wide?: boolean | undefined;
  /** Buttons at the foot. */
  foot?: ComponentChildren;
  /** Makes it a form: the foot needs a `type="submit"` button. */
  onSubmit?: (() => void) | undefined;
  error?: { message: string; details: readonly Problem[] } | undefined;
  /** Holds something that is shown once: neither Escape nor a click beside it closes it. */
  sticky?: boolean | undefined;
  children: ComponentChildren;
}

/** Open while it is drawn. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog(props: DialogProps) {
  const { title, onClose, wide, foot, onSubmit, error, sticky, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    // Where there is nothing to fill in, no button is singled out.
    if (document.activeElement?.matches(".dialog-close")) shown?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const content = (
    <>
      <h2 class="dialog-head" id={id}>
        {title}
      </h2>
      <div class="dialog-content">{children}</div>
      {foot && <div class="dialog-foot">{foot}</div>}
      {/* Last, so that the focus begins in the content. */}
      {!sticky && (
        <IconButton class="dialog-close" icon={X} label="Close" tipSide="left" onClick={onClose} />
      )}
    </>
  );
  return (
    <dialog
      ref={dialog}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        // A second Escape closes a dialog whatever `cancel` says, so it ends here.
        if (event.key !== "Escape" || event.defaultPrevented || inMenu(event)) return;
        event.preventDefault();
        if (!sticky) onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (!sticky) onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current && !sticky) onClose();
      }}
    >
      {onSubmit ? (
        <Form onSubmit={onSubmit} error={error}>
          {content}
        </Form>
      ) : (
        <div class="dialog-body">{content}</div>
      )}
    </dialog>
  );
}

/** A menu open inside the dialog takes Escape for itself. */
function inMenu({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(":popover-open") !== null;
}
