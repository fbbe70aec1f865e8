import { Users } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Users",
  icon: Users,
  order: 125,
  scope: "own",
  key: "u",
  routes: [{ path: "/users", load: () => import("./list.tsx") }],
});
