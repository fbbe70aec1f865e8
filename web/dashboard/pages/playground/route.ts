import { MessagesSquare } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Playground",
  icon: MessagesSquare,
  order: 20,
  scope: "run",
  key: "p",
  routes: [{ path: "/playground", load: () => import("./page.tsx") }],
});
