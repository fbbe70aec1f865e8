import { LayoutPanelTop } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Widgets",
  icon: LayoutPanelTop,
  order: 15,
  scope: "read",
  key: "w",
  routes: [
    { path: "/widgets", load: () => import("./list.tsx") },
    { path: "/widgets/new", scope: "manage", load: () => import("./create.tsx") },
    { path: "/widgets/:name", load: () => import("./edit.tsx") },
    { path: "/widgets/:name/submissions", load: () => import("./submissions.tsx") },
  ],
});
