import { History } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Runs",
  icon: History,
  order: 30,
  scope: "read",
  key: "r",
  routes: [
    { path: "/runs", load: () => import("./list.tsx") },
    { path: "/runs/:id", load: () => import("./detail.tsx") },
  ],
});
