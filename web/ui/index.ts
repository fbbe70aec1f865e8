/** The component set: the one import pages need. */
export { ask, OpenQuestion, type Question } from "./ask.tsx";
export { Button, type ButtonProps, type Icon, IconButton } from "./button.tsx";
export {
  CodeEditor,
  type CodeEditorProps,
  type LineFault,
  type Mark,
  type Members,
  type Offer,
  type Placeholders,
} from "./code.tsx";
export type { Column, Order } from "./columns.tsx";
export {
  Badge,
  Card,
  Copyable,
  CopyButton,
  Facts,
  Keys,
  MOD,
  Page,
  SplitView,
  Time,
  type Tone,
} from "./content.tsx";
export { CopyIcon } from "./copy-icon.tsx";
export { Dialog } from "./dialog.tsx";
export { Field, FieldSet, Form, useProblems, useRefused } from "./field.tsx";
export {
  Checkbox,
  type Option,
  SearchInput,
  Select,
  Switch,
  TextArea,
  TextInput,
} from "./inputs.tsx";
export { Menu, type MenuItem } from "./menu.tsx";
export { type Problem, problemsAt } from "./problems.ts";
export { Banner, EmptyState, Failure, FormSkeleton, Skeleton } from "./states.tsx";
export { STATUSES, type Status, StatusBadge } from "./status.tsx";
export { Table } from "./table.tsx";
export { type Tab, Tabs } from "./tabs.tsx";
export { setTheme, type Theme, theme } from "./theme.ts";
export { ago, duration, exactly } from "./time.ts";
export { failed, Toasts, told } from "./toast.tsx";
