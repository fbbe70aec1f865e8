// Made by 'npm run types'.

export interface paths {
    "/api/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every agent, enabled or not, by name. */
        get: operations["list_agents"];
        put?: never;
        /** Store a new agent; it answers at once if it is enabled. */
        post: operations["create_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one agent; ``ETag`` is its version. */
        get: operations["read_agent"];
        /** Change some fields of an agent. */
        put: operations["update_agent"];
        post?: never;
        /** Delete an agent; the one called default goes back to how it began. */
        delete: operations["delete_agent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{name}/identity-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return what the agent's owner signs users with, on their own server. */
        get: operations["read_identity_secret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/{agent}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stream one turn: a message is answered, or confirmations are, or both. */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/{agent}/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Load what the agent's first answer would wait for; a few seconds, once. */
        post: operations["prepare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the newest questions; tokens are told to nobody here. */
        get: operations["list_confirmations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confirmations/{confirmation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one question, without a token. */
        get: operations["read_confirmation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confirmations/{confirmation_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the call run that was asked about, once; again: what became of it. */
        post: operations["confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confirmations/{confirmation_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse the call for good. */
        post: operations["deny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/confirmations/{confirmation_id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return a further token for an open question. */
        post: operations["issue_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the caller's conversations, the one used last first. */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the newest messages, and what waits for an answer. */
        get: operations["read_conversation"];
        /** Give the conversation another title. */
        put: operations["rename_conversation"];
        post?: never;
        /** Forget the conversation; what waits for an answer in it is void. */
        delete: operations["delete_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/cards/{card_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do what a button of a card is for; of the request, its id and the inputs are believed. */
        post: operations["submit_card"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/client-calls/{call_id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell how a started call ended, once; a result counts where the action returns one. */
        post: operations["finish_client_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/client-calls/{call_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a call that waits; the first browser that asks makes it, and no other one. */
        post: operations["start_client_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream what happens, from the beginning or after a place, as AG-UI events. */
        get: operations["follow_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return everything that was shown, from the first entry to the last. */
        get: operations["export_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{conversation_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the turn under way, in whichever process; what was sent already is waited for. */
        post: operations["stop_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every action, enabled or not. */
        get: operations["list_actions"];
        put?: never;
        /** Store a new action; it is live at once if it is enabled. */
        post: operations["create_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/{action_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one action; ``ETag`` is its version. */
        get: operations["read_action"];
        /** Change some fields of an action. */
        put: operations["update_action"];
        post?: never;
        /** Delete an action. */
        delete: operations["delete_action"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/{action_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Render the request an action would send; nothing is sent. */
        post: operations["preview_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/{action_id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every stored version of an action, a deleted one's too. */
        get: operations["list_revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/{action_id}/revisions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an earlier version the current one. */
        post: operations["restore_revision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/{action_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run an action now, whatever its mode and even when it is disabled. */
        post: operations["test_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every definition in the form an import takes. */
        get: operations["export_actions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft an action from plain words, a cURL command or an OpenAPI operation. */
        post: operations["generate_action"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make drafts of an OpenAPI document, a cURL command or an export, and store them if asked. */
        post: operations["import_actions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Render the request a definition that is not stored would send; nothing is sent or kept. */
        post: operations["preview_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/custom-actions/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a definition that is not stored; nothing is kept. */
        post: operations["test_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/embed/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a visitor in from a page that may embed the agent. */
        post: operations["begin_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream every event from now on, or after ``Last-Event-ID``. */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return whom a link invites; it stays good. */
        post: operations["read_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the password, use up the link, and log in. */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every key, without its text. */
        get: operations["list_keys"];
        put?: never;
        /** Make a key; its text is in this answer and nowhere else. */
        post: operations["make_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a key away; it is refused from now on. */
        delete: operations["delete_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the configured models, the setting's first, and why one cannot answer. */
        get: operations["list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/principals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return id and name of everybody who may call; whoever was removed is not among them. */
        get: operations["list_principals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return runs, newest first. */
        get: operations["list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one run. */
        get: operations["read_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{run_id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one run with its request as rendered, the guard's verdict, and who agreed to it. */
        get: operations["read_trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/by-action": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return each action's newest run, and how many of its newest 50 failed. */
        get: operations["rate_actions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/over-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count runs over time, by status; those that run just now are left out. */
        get: operations["count_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return names and hosts. */
        get: operations["list_secrets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/secrets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Store a value; deciding where it may be sent is the owner's. */
        put: operations["put_secret"];
        post?: never;
        /** Remove a secret. */
        delete: operations["delete_secret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return who calls. */
        get: operations["read_session"];
        put?: never;
        /** Exchange a login token, which is used up, or an e-mail address and password for a session. */
        post: operations["log_in"];
        /** End the session the request came with. */
        delete: operations["log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the caller's own password, with the present one; their other sessions end. */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the tools; ``ETag`` changes with them. */
        get: operations["list_tools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{tool}/call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a tool; its answer is what became of the call. */
        post: operations["call_tool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every user, without passwords and links. */
        get: operations["list_users"];
        put?: never;
        /** Add a user; without a password, the answer holds the one link that sets it. */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a user's name or role, disable or enable them; it holds for open sessions at once. */
        put: operations["update_user"];
        post?: never;
        /** Remove a user; their sessions end, what they did stays in the record. */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new link that sets a user's password once; an earlier link is void. */
        post: operations["invite_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give another user a password; their sessions end. */
        put: operations["set_user_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return every widget, by name. */
        get: operations["list_widgets"];
        put?: never;
        /** Store a new widget and, unless ``action`` is false, an action that shows it. */
        post: operations["create_widget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one widget; ``ETag`` is its version. */
        get: operations["read_widget"];
        /** Change some fields of a widget. */
        put: operations["update_widget"];
        post?: never;
        /** Delete a widget; actions that show it stay. */
        delete: operations["delete_widget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets/{name}/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return submissions, newest first; those of a deleted widget too. */
        get: operations["list_submissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets/{name}/submissions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return all submissions as CSV, newest first; a column for each input there ever was. */
        get: operations["export_submissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets/gallery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return samples to begin with; none of them is stored. */
        get: operations["list_gallery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft a widget from plain words, or from an Adaptive Card that is written out. */
        post: operations["generate_widget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/widgets/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draw a widget that is not stored; nothing is kept. */
        post: operations["preview_widget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a page to read the description in. */
        get: operations["docs_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/embed.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the script that pages include; browsers ask again after five minutes. */
        get: operations["loader"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/embed/frame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the chat's page; only pages that may embed the agent can show it. */
        get: operations["frame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell that the process answers. */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell that calls are answered, which definition files need mending, and what isolates code. */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return numbers in the text form Prometheus reads. */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the description of this API in OpenAPI 3.1. */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AcceptedInvitation
         * @description The token, and the password to have.
         */
        AcceptedInvitation: {
            /** Password */
            password: string;
            /** Token */
            token: string;
        };
        /**
         * Action
         * @description A definition as callers see it, complete.
         *
         *     Attributes:
         *         input_schema: JSON Schema 2020-12 of the arguments, as its author wrote it.
         *         parameters: The flat view of ``input_schema``.
         *         acknowledge_writes: An owner accepted ``auto`` for a kind that can do anything.
         *         enabled: True for everything but a literal ``false``.
         *         version: Grows by one with every stored change.
         */
        Action: {
            /**
             * Acknowledgewrites
             * @default false
             */
            acknowledgeWrites?: boolean;
            /** Createdat */
            createdAt: string;
            /** Description */
            description: string;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Examples
             * @default []
             */
            examples?: components["schemas"]["Example"][];
            /** @default confirm */
            executionMode?: components["schemas"]["ExecutionMode"];
            /** Handler */
            handler: components["schemas"]["HttpHandler"] | components["schemas"]["CodeHandler"] | components["schemas"]["ShellHandler"] | components["schemas"]["WidgetHandler"] | components["schemas"]["ClientHandler"];
            /** Id */
            id: string;
            /** Inputschema */
            inputSchema: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * @default {
             *       "callsPerMinute": null
             *     }
             */
            limits?: components["schemas"]["CallLimits"];
            /** Name */
            name: string;
            /**
             * Parameters
             * @default []
             */
            parameters?: components["schemas"]["Parameter"][];
            /**
             * Similes
             * @default []
             */
            similes?: string[];
            /** Updatedat */
            updatedAt: string;
            /**
             * Version
             * @default 1
             */
            version?: number;
            /**
             * Widget
             * @default null
             */
            widget?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ActionDraft
         * @description A definition; the server adds id, version and times.
         */
        ActionDraft: {
            /**
             * Acknowledgewrites
             * @default null
             */
            acknowledgeWrites?: boolean | null;
            /** Description */
            description: string;
            /** @default true */
            enabled?: components["schemas"]["JsonValue"];
            /**
             * Examples
             * @default null
             */
            examples?: components["schemas"]["Example"][] | null;
            /** @default null */
            executionMode?: components["schemas"]["ExecutionMode"] | null;
            /** Handler */
            handler: components["schemas"]["HttpHandler"] | components["schemas"]["CodeHandler"] | components["schemas"]["ShellHandler"] | components["schemas"]["WidgetHandler"] | components["schemas"]["ClientHandler"];
            /**
             * Inputschema
             * @default null
             */
            inputSchema?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            limits?: components["schemas"]["CallLimits"] | null;
            /** Name */
            name: string;
            /**
             * Parameters
             * @default null
             */
            parameters?: components["schemas"]["DraftParameter"][] | null;
            /**
             * Similes
             * @default null
             */
            similes?: string[] | null;
            /**
             * Widget
             * @default null
             */
            widget?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ActionList
         * @description All actions, in the order they were created.
         */
        ActionList: {
            /** Actions */
            actions: components["schemas"]["Action"][];
        };
        /**
         * ActionPatch
         * @description The fields to change; null leaves a field as it is.
         */
        ActionPatch: {
            /**
             * Acknowledgewrites
             * @default null
             */
            acknowledgeWrites?: boolean | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /** @default true */
            enabled?: components["schemas"]["JsonValue"];
            /**
             * Examples
             * @default null
             */
            examples?: components["schemas"]["Example"][] | null;
            /** @default null */
            executionMode?: components["schemas"]["ExecutionMode"] | null;
            /**
             * Handler
             * @default null
             */
            handler?: (components["schemas"]["HttpHandler"] | components["schemas"]["CodeHandler"] | components["schemas"]["ShellHandler"] | components["schemas"]["WidgetHandler"] | components["schemas"]["ClientHandler"]) | null;
            /**
             * Inputschema
             * @default null
             */
            inputSchema?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            limits?: components["schemas"]["CallLimits"] | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Parameters
             * @default null
             */
            parameters?: components["schemas"]["DraftParameter"][] | null;
            /**
             * Similes
             * @default null
             */
            similes?: string[] | null;
            /**
             * Widget
             * @default null
             */
            widget?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ActionRecord
         * @description How many of an action's newest runs failed, and the very newest.
         */
        ActionRecord: {
            /** Actionid */
            actionId: string;
            /** Calls */
            calls: number;
            /** Failed */
            failed: number;
            lastRun: components["schemas"]["LastRun"];
        };
        /**
         * Agent
         * @description An agent as callers see it, complete.
         *
         *     Attributes:
         *         name: Lower-case letters, digits and hyphens; its file is named after it.
         *         title: What people call it.
         *         model: A model the operator has configured; None is the one of the setting ``model``.
         *         actions: ``all``, or the tools it may call.
         *         allowed_origins: Pages it may be embedded in, as browsers spell their origin.
         *         allow_page_context: Address, title and chosen values of the page go into ``{{page.*}}``.
         *         embed: How it looks on a page.
         *         identity_version: Another number makes another secret to sign visitors with.
         *         publishable_key: Names the agent in a page; it is no secret.
         *         version: Grows by one with every stored change.
         *         created_at: None where nothing was ever stored.
         */
        Agent: {
            /**
             * Actions
             * @default all
             */
            actions?: "all" | string[];
            /**
             * Allowedorigins
             * @default []
             */
            allowedOrigins?: string[];
            /**
             * Allowpagecontext
             * @default false
             */
            allowPageContext?: boolean;
            /**
             * Createdat
             * @default null
             */
            createdAt?: string | null;
            /** @default null */
            embed?: components["schemas"]["Embed"] | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Greeting
             * @default
             */
            greeting?: string;
            /** Id */
            id: string;
            /**
             * Identityversion
             * @default 1
             */
            identityVersion?: number;
            /**
             * Instructions
             * @default
             */
            instructions?: string;
            /**
             * Model
             * @default null
             */
            model?: string | null;
            /** Name */
            name: string;
            /** Publishablekey */
            publishableKey: string;
            /**
             * Suggestedquestions
             * @default []
             */
            suggestedQuestions?: string[];
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Updatedat
             * @default null
             */
            updatedAt?: string | null;
            /**
             * Version
             * @default 1
             */
            version?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * AgentDraft
         * @description A new agent; the server adds id, publishable key, version and times.
         */
        AgentDraft: {
            /**
             * Actions
             * @default null
             */
            actions?: "all" | string[] | null;
            /**
             * Allowedorigins
             * @default null
             */
            allowedOrigins?: string[] | null;
            /**
             * Allowpagecontext
             * @default null
             */
            allowPageContext?: boolean | null;
            /** @default null */
            embed?: components["schemas"]["Embed"] | null;
            /** @default true */
            enabled?: components["schemas"]["JsonValue"];
            /**
             * Greeting
             * @default null
             */
            greeting?: string | null;
            /**
             * Identityversion
             * @default null
             */
            identityVersion?: number | null;
            /**
             * Instructions
             * @default null
             */
            instructions?: string | null;
            /**
             * Model
             * @default null
             */
            model?: string | null;
            /** Name */
            name: string;
            /**
             * Suggestedquestions
             * @default null
             */
            suggestedQuestions?: string[] | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * AgentList
         * @description All agents, by name.
         */
        AgentList: {
            /** Agents */
            agents: components["schemas"]["Agent"][];
        };
        /**
         * AgentPatch
         * @description The fields to change; null leaves a field as it is, an empty model is the setting's.
         */
        AgentPatch: {
            /**
             * Actions
             * @default null
             */
            actions?: "all" | string[] | null;
            /**
             * Allowedorigins
             * @default null
             */
            allowedOrigins?: string[] | null;
            /**
             * Allowpagecontext
             * @default null
             */
            allowPageContext?: boolean | null;
            /** @default null */
            embed?: components["schemas"]["Embed"] | null;
            /** @default true */
            enabled?: components["schemas"]["JsonValue"];
            /**
             * Greeting
             * @default null
             */
            greeting?: string | null;
            /**
             * Identityversion
             * @default null
             */
            identityVersion?: number | null;
            /**
             * Instructions
             * @default null
             */
            instructions?: string | null;
            /**
             * Model
             * @default null
             */
            model?: string | null;
            /**
             * Suggestedquestions
             * @default null
             */
            suggestedQuestions?: string[] | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Alive
         * @description The process answers.
         */
        Alive: {
            /**
             * Status
             * @constant
             */
            status: "ok";
        };
        /**
         * Answer
         * @description A person's answer: the token and nothing else.
         */
        Answer: {
            /** Token */
            token: string;
        };
        /**
         * ApiKey
         * @description A key as it is listed: never its secret.
         *
         *     Attributes:
         *         hint: The first characters of the key, enough to tell it from the others.
         *         last_used_at: To the minute.
         */
        ApiKey: {
            /** Createdat */
            createdAt: string;
            /** Hint */
            hint: string;
            /** Id */
            id: string;
            /**
             * Lastusedat
             * @default null
             */
            lastUsedAt?: string | null;
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * Caller
         * @description Who calls, and what they may do; keys have no role, and users alone an address.
         */
        Caller: {
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** @default null */
            role?: components["schemas"]["Role"] | null;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * CallLimits
         * @description How often the action may be called, over all callers of a process.
         */
        CallLimits: {
            /**
             * Callsperminute
             * @default null
             */
            callsPerMinute?: number | null;
        };
        /**
         * CallRequest
         * @description A call.
         */
        CallRequest: {
            /** @default null */
            arguments?: components["schemas"]["JsonValue"];
            /**
             * Conversationid
             * @default null
             */
            conversationId?: string | null;
            /**
             * Idempotencykey
             * @default null
             */
            idempotencyKey?: string | null;
        };
        /**
         * CardPress
         * @description A button of a card, and what a person filled in by the ids of the card's inputs.
         */
        CardPress: {
            /** Button */
            button: string;
            /**
             * Inputs
             * @default null
             */
            inputs?: {
                [key: string]: string | number | boolean | null;
            } | null;
        };
        /**
         * ChatAnswer
         * @description A person's answer to one question; ``payload`` holds its token.
         */
        ChatAnswer: {
            /** Interruptid */
            interruptId: string;
            /**
             * Payload
             * @default null
             */
            payload?: {
                [key: string]: string;
            } | null;
            /**
             * Status
             * @enum {string}
             */
            status: "resolved" | "cancelled";
        } & {
            [key: string]: unknown;
        };
        /**
         * ChatInput
         * @description AG-UI's ``RunAgentInput``; the newest user message and the answers are read of it.
         */
        ChatInput: {
            /** @default null */
            forwardedProps?: components["schemas"]["ChatWishes"] | null;
            /**
             * Messages
             * @default null
             */
            messages?: {
                [key: string]: components["schemas"]["JsonValue"];
            }[] | null;
            /**
             * Resume
             * @default null
             */
            resume?: components["schemas"]["ChatAnswer"][] | null;
            /**
             * Runid
             * @default null
             */
            runId?: string | null;
            /** Threadid */
            threadId: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * ChatMessage
         * @description Something said, called, answered or shown.
         *
         *     A card's ``content`` is the text a person reads on it. ``fault`` is the code of a turn that
         *     failed, ``failed`` marks a call without a result, ``actionRunId`` is the recorded run of an
         *     answered call.
         */
        ChatMessage: {
            /**
             * Actionrunid
             * @default null
             */
            actionRunId?: string | null;
            /** At */
            at: string;
            /**
             * Card
             * @default null
             */
            card?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Cardid
             * @default null
             */
            cardId?: string | null;
            /**
             * Content
             * @default null
             */
            content?: string | null;
            /**
             * Failed
             * @default null
             */
            failed?: true | null;
            /**
             * Fault
             * @default null
             */
            fault?: string | null;
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "user" | "assistant" | "tool" | "card";
            /**
             * Toolcallid
             * @default null
             */
            toolCallId?: string | null;
            /**
             * Toolcalls
             * @default null
             */
            toolCalls?: components["schemas"]["ChatToolCall"][] | null;
            /** Turn */
            turn: string;
            /**
             * Widget
             * @default null
             */
            widget?: string | null;
        };
        /**
         * ChatToolCall
         * @description A call the agent made.
         */
        ChatToolCall: {
            function: components["schemas"]["ChatToolFunction"];
            /** Id */
            id: string;
            /**
             * Type
             * @constant
             */
            type: "function";
        };
        /**
         * ChatToolFunction
         * @description Which tool, and its arguments as JSON.
         */
        ChatToolFunction: {
            /** Arguments */
            arguments: string;
            /** Name */
            name: string;
        };
        /**
         * ChatTurn
         * @description One turn: which model answered, whether a person chose it, and what its provider counted.
         */
        ChatTurn: {
            /**
             * Chosen
             * @default false
             */
            chosen?: boolean;
            /**
             * Endedat
             * @default null
             */
            endedAt?: string | null;
            /** Id */
            id: string;
            /**
             * Model
             * @default null
             */
            model?: string | null;
            /** Startedat */
            startedAt: string;
            /** @default null */
            usage?: components["schemas"]["Usage"] | null;
        };
        /**
         * ChatWishes
         * @description What is ours beside the protocol.
         *
         *     ``model`` answers from now on, the agent's own where it is empty; it needs ``manage`` for
         *     another one. With ``keepGoing`` the turn does not end with the connection.
         */
        ChatWishes: {
            /**
             * Keepgoing
             * @default null
             */
            keepGoing?: boolean | null;
            /**
             * Model
             * @default null
             */
            model?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ClientCallEnding
         * @description How a call ended in the browser: a result, or an error's text.
         */
        ClientCallEnding: {
            /**
             * Error
             * @default null
             */
            error?: string | null;
            /** Ok */
            ok: boolean;
            /** @default null */
            result?: components["schemas"]["JsonValue"];
        };
        /**
         * ClientHandler
         * @description JavaScript that runs in the visitor's browser.
         *
         *     Attributes:
         *         returns: A returned value goes back to the agent.
         */
        ClientHandler: {
            /** Code */
            code: string;
            /**
             * Returns
             * @default false
             */
            returns?: boolean;
            /**
             * Timeouts
             * @default 10
             */
            timeoutS?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "client";
        } & {
            [key: string]: unknown;
        };
        /**
         * CodeHandler
         * @description JavaScript that runs in our sandbox.
         */
        CodeHandler: {
            /** Code */
            code: string;
            /**
             * Timeouts
             * @default 10
             */
            timeoutS?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "code";
        } & {
            [key: string]: unknown;
        };
        /**
         * ConfirmationInfo
         * @description A question to a person as it is listed: never its tokens.
         */
        ConfirmationInfo: {
            /** Actionid */
            actionId: string;
            /**
             * Answeredat
             * @default null
             */
            answeredAt?: string | null;
            /**
             * Answeredby
             * @default null
             */
            answeredBy?: string | null;
            /** Askedtimes */
            askedTimes: number;
            /**
             * Conversationid
             * @default null
             */
            conversationId?: string | null;
            /** Createdat */
            createdAt: string;
            /** Expiresat */
            expiresAt: string;
            /** Id */
            id: string;
            /** Requester */
            requester: string;
            /** Runid */
            runId: string;
            status: components["schemas"]["Status"];
            /** Summary */
            summary: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Tool */
            tool: string;
        };
        /**
         * ConfirmationList
         * @description Questions, newest first.
         */
        ConfirmationList: {
            /** Confirmations */
            confirmations: components["schemas"]["ConfirmationInfo"][];
        };
        /**
         * ConsoleLine
         * @description A line that an action's code wrote to its console.
         *
         *     Attributes:
         *         level: ``log``, ``info``, ``warn``, ``error`` or ``debug``.
         */
        ConsoleLine: {
            /** Level */
            level: string;
            /** Text */
            text: string;
        };
        /**
         * Conversation
         * @description What is told of a conversation in a list.
         *
         *     Attributes:
         *         thread_id: What its client calls it; the same text is another conversation for another
         *             agent or principal.
         *         title: Its first message, shortened, unless somebody gave it another.
         *         updated_at: When something was last said or done in it.
         *         busy: A turn is under way.
         */
        Conversation: {
            /** Agent */
            agent: string;
            /** Busy */
            busy: boolean;
            /** Createdat */
            createdAt: string;
            /** Id */
            id: string;
            /** Principal */
            principal: string;
            /** Threadid */
            threadId: string;
            /** Title */
            title: string;
            /** Updatedat */
            updatedAt: string;
        };
        /**
         * ConversationExport
         * @description Everything that was shown.
         */
        ConversationExport: {
            conversation: components["schemas"]["Conversation"];
            /** Entries */
            entries: components["schemas"]["ExportedEntry"][];
        };
        /**
         * ConversationList
         * @description Conversations, the one used last first; ``next`` is the cursor of the following page.
         */
        ConversationList: {
            /** Conversations */
            conversations: components["schemas"]["Conversation"][];
            /** Next */
            next: string | null;
        };
        /**
         * Detail
         * @description One thing wrong, and where.
         */
        Detail: {
            /** Message */
            message: string;
            /** Path */
            path: string;
        };
        /**
         * Done
         * @description It was done.
         */
        Done: {
            /**
             * Ok
             * @constant
             */
            ok: true;
        };
        /**
         * DraftParameter
         * @description A declared input.
         */
        DraftParameter: {
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /** Name */
            name: string;
            /**
             * Required
             * @default null
             */
            required?: boolean | null;
            /**
             * Type
             * @default null
             */
            type?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * DraftTestRequest
         * @description A definition that is not stored, and what to test it with.
         */
        DraftTestRequest: {
            action: components["schemas"]["ActionDraft"];
            /**
             * Params
             * @default null
             */
            params?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Embed
         * @description What may be chosen; the page's own attributes go before it.
         *
         *     Attributes:
         *         launcher_text: Beside the button that opens the chat.
         *         color: Of the button and of what the visitor says, as ``#rrggbb``.
         *         theme: ``auto`` follows the visitor's system.
         *         language: Of the words on the chat, such as ``de`` or ``pt-BR``.
         *         strings: Words on the chat by name, in place of those of the language.
         */
        Embed: {
            /**
             * Color
             * @default null
             */
            color?: string | null;
            /**
             * Language
             * @default null
             */
            language?: string | null;
            /**
             * Launchertext
             * @default null
             */
            launcherText?: string | null;
            /**
             * Position
             * @default null
             */
            position?: ("left" | "right") | null;
            /**
             * Strings
             * @default null
             */
            strings?: {
                [key: string]: string;
            } | null;
            /**
             * Theme
             * @default null
             */
            theme?: ("auto" | "light" | "dark") | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * EmbeddedAgent
         * @description What a visitor sees of the agent.
         */
        EmbeddedAgent: {
            embed: components["schemas"]["Embed"];
            /** Greeting */
            greeting: string;
            /** Name */
            name: string;
            /** Pagecontext */
            pageContext: boolean;
            /** Suggestedquestions */
            suggestedQuestions: string[];
            /** Title */
            title: string;
        };
        /**
         * Error
         * @description Every refusal has this form.
         */
        Error: {
            /** Code */
            code: string;
            /**
             * Details
             * @default null
             */
            details?: components["schemas"]["Detail"][] | null;
            /** Error */
            error: string;
        };
        /**
         * Example
         * @description A question the action answers, and the arguments that answer it.
         */
        Example: {
            /** Params */
            params?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Question
             * @default
             */
            question?: string;
        };
        /**
         * ExecutionMode
         * @description Whether a person is asked before the action runs.
         * @enum {string}
         */
        ExecutionMode: "auto" | "confirm";
        /**
         * Export
         * @description What an import takes; no secret values.
         */
        Export: {
            /** Actions */
            actions: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
        };
        /**
         * ExportedEntry
         * @description One entry of the transcript; ``data`` depends on the kind.
         */
        ExportedEntry: {
            /** At */
            at: string;
            /** Data */
            data: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Kind */
            kind: string;
            /** Seq */
            seq: number;
        };
        /**
         * FileWarning
         * @description A definition file that cannot be used as it stands.
         */
        FileWarning: {
            /** File */
            file: string;
            /** Fix */
            fix: string;
            /** Line */
            line: number | null;
            /** Message */
            message: string;
            /** Stilllive */
            stillLive: boolean;
        };
        /**
         * Generated
         * @description A definition to review; nothing is stored.
         */
        Generated: {
            /** Generated */
            generated: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * GeneratedWidget
         * @description A definition to review; nothing is stored.
         */
        GeneratedWidget: {
            /** Generated */
            generated: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * GenerateRequest
         * @description What the action is to do: plain words, a cURL command or an OpenAPI operation.
         */
        GenerateRequest: {
            /** Prompt */
            prompt: string;
        };
        /**
         * GenerateWidgetRequest
         * @description What the widget is to show: plain words, or an Adaptive Card written out.
         */
        GenerateWidgetRequest: {
            /** Prompt */
            prompt: string;
        };
        /**
         * HttpHandler
         * @description An HTTP request made of templates.
         *
         *     Attributes:
         *         body: A string template or any JSON with placeholders; not together with ``body_template``.
         *         result_path: JMESPath that picks what the agent gets out of the answer.
         *         allow_host_parameter: One whole label of the host may be a placeholder.
         *         omit_missing: A query value, form field or header that is one whole argument is left
         *             out where that argument is not given; else it is sent empty.
         *         idempotency_header: Name of a header that carries the run's id.
         */
        HttpHandler: {
            /**
             * Allowhostparameter
             * @default false
             */
            allowHostParameter?: boolean;
            /** @default null */
            body?: components["schemas"]["JsonValue"];
            /**
             * Bodytemplate
             * @default null
             */
            bodyTemplate?: string | null;
            /** Headers */
            headers?: {
                [key: string]: string;
            };
            /**
             * Idempotencyheader
             * @default null
             */
            idempotencyHeader?: string | null;
            /**
             * Method
             * @default GET
             */
            method?: string;
            /**
             * Omitmissing
             * @default false
             */
            omitMissing?: boolean;
            /**
             * Resultpath
             * @default null
             */
            resultPath?: string | null;
            /**
             * Timeouts
             * @default 15
             */
            timeoutS?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "http";
            /** Url */
            url: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * IdentitySecret
         * @description What the owner's server signs visitors with, and which version it is.
         */
        IdentitySecret: {
            /** Secret */
            secret: string;
            /** Version */
            version: number;
        };
        /**
         * ImportAnswer
         * @description Drafts, or with save what was stored; ``ok`` if nothing was refused.
         */
        ImportAnswer: {
            /**
             * Created
             * @default null
             */
            created?: components["schemas"]["ImportCreated"][] | null;
            /**
             * Drafts
             * @default null
             */
            drafts?: components["schemas"]["ImportDraft"][] | null;
            /** Ok */
            ok: boolean;
            /** Refused */
            refused: components["schemas"]["ImportRefused"][];
        };
        /**
         * ImportChanges
         * @description What the draft of a cURL command says instead of its own; its secrets are named after it.
         */
        ImportChanges: {
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /** @default null */
            executionMode?: components["schemas"]["ExecutionMode"] | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
        };
        /**
         * ImportCreated
         * @description A stored action.
         */
        ImportCreated: {
            action: components["schemas"]["Action"];
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * ImportDraft
         * @description A definition that nobody has stored, what it was made from, and what to know of it.
         *
         *     Attributes:
         *         keeps: Secrets whose values stand in the source; storing it with save keeps them.
         */
        ImportDraft: {
            /** Action */
            action: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Keeps
             * @default null
             */
            keeps?: string[] | null;
            /** Source */
            source: string;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * ImportRefused
         * @description What no action was made of, and why.
         */
        ImportRefused: {
            /** Code */
            code: string;
            /**
             * Details
             * @default null
             */
            details?: components["schemas"]["Detail"][] | null;
            /** Error */
            error: string;
            /** Source */
            source: string;
        };
        /**
         * ImportRequest
         * @description Exactly one of openapi, curl and actions; this body may have 16 MiB.
         */
        ImportRequest: {
            /**
             * Actions
             * @default null
             */
            actions?: components["schemas"]["JsonValue"][] | null;
            /**
             * Baseurl
             * @default null
             */
            baseUrl?: string | null;
            /** @default null */
            changes?: components["schemas"]["ImportChanges"] | null;
            /**
             * Curl
             * @default null
             */
            curl?: string | null;
            /**
             * Openapi
             * @default null
             */
            openapi?: string | {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Save
             * @default false
             */
            save?: boolean;
            /**
             * Select
             * @default null
             */
            select?: string[] | null;
        };
        /**
         * Invitation
         * @description A link that sets a password once; it is told once.
         */
        Invitation: {
            /** Expiresat */
            expiresAt: string;
            /** Url */
            url: string;
        };
        /**
         * InvitationToken
         * @description What an invitation's link carries behind its #.
         */
        InvitationToken: {
            /** Token */
            token: string;
        };
        /**
         * Invited
         * @description Whom a link invites.
         */
        Invited: {
            /** Email */
            email: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
        };
        /**
         * InvitedAnswer
         * @description Whom a link invites, as what, and until when.
         */
        InvitedAnswer: {
            invited: components["schemas"]["Invited"];
        };
        /**
         * IsolationState
         * @description What isolates one kind of action, why, and what to do where nothing does.
         */
        IsolationState: {
            /** Available */
            available: boolean;
            /**
             * Handler
             * @enum {string}
             */
            handler: "code" | "shell";
            /**
             * Isolation
             * @enum {string}
             */
            isolation: "bubblewrap" | "deno" | "none" | "off";
            /** Message */
            message: string;
        };
        JsonValue: unknown;
        /**
         * KeyList
         * @description Keys, never their texts.
         */
        KeyList: {
            /** Keys */
            keys: components["schemas"]["ApiKey"][];
        };
        /**
         * LastRun
         * @description The newest run of an action.
         */
        LastRun: {
            /** At */
            at: string;
            /** Id */
            id: string;
            status: components["schemas"]["Status"];
        };
        /**
         * Login
         * @description A one-time login token, or an e-mail address with its password.
         */
        Login: {
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /**
             * Password
             * @default null
             */
            password?: string | null;
            /**
             * Token
             * @default null
             */
            token?: string | null;
        };
        /**
         * MadeKey
         * @description A new key; its text is told once.
         */
        MadeKey: {
            key: components["schemas"]["ApiKey"];
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Secret */
            secret: string;
        };
        /**
         * MadeUser
         * @description A new user, and the link to hand them where they have no password yet.
         */
        MadeUser: {
            /** @default null */
            invitation?: components["schemas"]["Invitation"] | null;
            /**
             * Ok
             * @constant
             */
            ok: true;
            user: components["schemas"]["User"];
        };
        /**
         * ModelChoice
         * @description A configured model; ``unavailable`` says why it cannot answer here.
         */
        ModelChoice: {
            /** Name */
            name: string;
            /** Unavailable */
            unavailable: string | null;
        };
        /**
         * ModelList
         * @description The models agents and conversations may name; ``default`` is the setting's.
         */
        ModelList: {
            /** Default */
            default: string;
            /** Models */
            models: components["schemas"]["ModelChoice"][];
        };
        /**
         * NamedPrincipal
         * @description Somebody who may call: a user, a key, the local owner.
         */
        NamedPrincipal: {
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * NewKey
         * @description What the key is called and what its holder may do.
         */
        NewKey: {
            /** Name */
            name: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * NewPassword
         * @description A password for somebody.
         */
        NewPassword: {
            /** Password */
            password: string;
        };
        /**
         * NewTitle
         * @description Another title.
         */
        NewTitle: {
            /** Title */
            title: string;
        };
        /**
         * NewUser
         * @description Who may sign in, and as what; without a password they are invited.
         */
        NewUser: {
            /** Email */
            email: string;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Password
             * @default null
             */
            password?: string | null;
            role: components["schemas"]["Role"];
        };
        /**
         * OneAction
         * @description One action; ``fileProblem`` says why a later edit of its file is not live.
         */
        OneAction: {
            action: components["schemas"]["Action"];
            fileProblem: components["schemas"]["FileWarning"] | null;
        };
        /**
         * OneAgent
         * @description One agent, and what it names that is not there.
         */
        OneAgent: {
            agent: components["schemas"]["Agent"];
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * OneConfirmation
         * @description One question.
         */
        OneConfirmation: {
            confirmation: components["schemas"]["ConfirmationInfo"];
        };
        /**
         * OneConversation
         * @description A conversation's newest messages; ``next`` is ``before`` of the older ones.
         *
         *     ``usage`` is of the whole conversation; ``seq`` is the place of its last entry: what is
         *     followed after it misses nothing.
         */
        OneConversation: {
            /** Chosenmodel */
            chosenModel: string | null;
            conversation: components["schemas"]["Conversation"];
            /** Messages */
            messages: components["schemas"]["ChatMessage"][];
            /** Next */
            next: number | null;
            /** Pending */
            pending: components["schemas"]["PendingQuestion"][];
            /** Seq */
            seq: number;
            /** Turns */
            turns: components["schemas"]["ChatTurn"][];
            usage: components["schemas"]["Usage"] | null;
        };
        /**
         * OneRun
         * @description One run.
         */
        OneRun: {
            run: components["schemas"]["Run"];
        };
        /**
         * OneWidget
         * @description One widget, what may surprise its author, and the tools that show it.
         *
         *     ``fileProblem`` says why a later edit of its file is not live.
         */
        OneWidget: {
            /** Actions */
            actions: string[];
            fileProblem: components["schemas"]["FileWarning"] | null;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
            widget: components["schemas"]["Widget"];
        };
        /**
         * OpenQuestion
         * @description A pending question to a person.
         */
        OpenQuestion: {
            /** Expiresat */
            expiresAt: string;
            /** Id */
            id: string;
            /** Summary */
            summary: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Token
             * @default null
             */
            token?: string | null;
            /** Url */
            url: string;
        };
        /**
         * OutcomeAnswer
         * @description What became of a call.
         */
        OutcomeAnswer: {
            /** @default null */
            confirmation?: components["schemas"]["OpenQuestion"] | null;
            /** Durationms */
            durationMs: number;
            /** @default null */
            error?: components["schemas"]["RunFault"] | null;
            /**
             * Recorded
             * @default null
             */
            recorded?: false | null;
            /** @default null */
            result?: components["schemas"]["JsonValue"];
            /** Runid */
            runId: string;
            status: components["schemas"]["Status"];
            /** @default null */
            widget?: components["schemas"]["OutcomeCard"] | null;
        };
        /**
         * OutcomeCard
         * @description The card a call has shown: an Adaptive Card, and what it is pressed under.
         */
        OutcomeCard: {
            /** Card */
            card: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Cardid */
            cardId: string;
            /** Name */
            name: string;
        };
        /**
         * OwnPassword
         * @description The present password, and the one to have from now on.
         */
        OwnPassword: {
            /** Password */
            password: string;
            /** Present */
            present: string;
        };
        /**
         * PageContext
         * @description Where the visitor is, and what the page tells of itself.
         */
        PageContext: {
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /**
             * Values
             * @default null
             */
            values?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
        };
        /**
         * Parameter
         * @description One input an agent gathers.
         *
         *     Attributes:
         *         description: What helps a model to fill it in.
         *         required: Without it nothing is sent.
         */
        Parameter: {
            /**
             * Description
             * @default
             */
            description?: string;
            /** Name */
            name: string;
            /**
             * Required
             * @default false
             */
            required?: boolean;
            /**
             * Type
             * @default string
             * @enum {string}
             */
            type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
        };
        /**
         * PendingQuestion
         * @description A question of this conversation that waits for an answer.
         */
        PendingQuestion: {
            /** Actionrunid */
            actionRunId: string;
            /** Callid */
            callId: string;
            /** Expiresat */
            expiresAt: string;
            /** Id */
            id: string;
            /** Summary */
            summary: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Tool */
            tool: string;
        };
        /**
         * Preview
         * @description The rendered request; nothing was sent.
         */
        Preview: {
            /** Request */
            request: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * PreviewedWidget
         * @description A widget that is not stored; it may have no name yet.
         */
        PreviewedWidget: {
            /**
             * Dataschema
             * @default null
             */
            dataSchema?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /**
             * Exampledata
             * @default null
             */
            exampleData?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /** Template */
            template: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Title
             * @default null
             */
            title?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * PrincipalList
         * @description Everybody who may call, by the ids that runs and histories hold.
         */
        PrincipalList: {
            /** Principals */
            principals: components["schemas"]["NamedPrincipal"][];
        };
        /**
         * Ready
         * @description Calls are answered; ``warnings`` lists definition files that need mending.
         */
        Ready: {
            /** Isolation */
            isolation: components["schemas"]["IsolationState"][];
            /**
             * Status
             * @constant
             */
            status: "ready";
            /** Warnings */
            warnings: components["schemas"]["FileWarning"][];
        };
        /**
         * RenamedConversation
         * @description The conversation under its new title.
         */
        RenamedConversation: {
            conversation: components["schemas"]["Conversation"];
            /**
             * Ok
             * @constant
             */
            ok: true;
        };
        /**
         * RevisionInfo
         * @description One stored version of an action.
         */
        RevisionInfo: {
            /** At */
            at: string;
            /** Author */
            author: string;
            /** Definition */
            definition: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Version */
            version: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * RevisionList
         * @description Every stored version, newest first.
         */
        RevisionList: {
            /** Revisions */
            revisions: components["schemas"]["RevisionInfo"][];
        };
        /**
         * Role
         * @description What a person is here: a set of scopes with a name.
         * @enum {string}
         */
        Role: "viewer" | "editor" | "owner";
        /**
         * Run
         * @description The record of a call's execution, redacted before it is kept.
         *
         *     Attributes:
         *         principal: Who called: a principal's id, such as ``key:…`` or ``local``.
         *         created_at: When it was held or, where nothing had to be asked, started.
         *         duration_ms: Time between start and answer, without any wait for a person.
         *         card: What was shown of it; lists leave it out.
         *         note: What its owner should know although it succeeded; lists leave it out.
         *         console: What its code wrote to the console; lists leave it out.
         */
        Run: {
            /** Actionid */
            actionId: string;
            /** Actionversion */
            actionVersion: number;
            /** Arguments */
            arguments: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @default null */
            card?: components["schemas"]["ShownCard"] | null;
            /**
             * Confirmationid
             * @default null
             */
            confirmationId?: string | null;
            /**
             * Console
             * @default null
             */
            console?: components["schemas"]["ConsoleLine"][] | null;
            /**
             * Conversationid
             * @default null
             */
            conversationId?: string | null;
            /** Createdat */
            createdAt: string;
            /**
             * Durationms
             * @default null
             */
            durationMs?: number | null;
            /** @default null */
            error?: components["schemas"]["RunFault"] | null;
            /**
             * Finishedat
             * @default null
             */
            finishedAt?: string | null;
            /** Id */
            id: string;
            /**
             * Note
             * @default null
             */
            note?: string | null;
            /** Principal */
            principal: string;
            /**
             * Receivedbytes
             * @default 0
             */
            receivedBytes?: number;
            /** @default null */
            result?: components["schemas"]["JsonValue"];
            /**
             * Sentbytes
             * @default 0
             */
            sentBytes?: number;
            /**
             * Startedat
             * @default null
             */
            startedAt?: string | null;
            status: components["schemas"]["Status"];
            /** Tool */
            tool: string;
            trigger: components["schemas"]["Trigger"];
        };
        /**
         * RunConsent
         * @description Whether a person agreed to a run, who answered and when.
         */
        RunConsent: {
            /** Answeredat */
            answeredAt: string | null;
            /** Answeredby */
            answeredBy: string | null;
            /** Askedat */
            askedAt: string;
            /** Expiresat */
            expiresAt: string;
            /** Id */
            id: string;
            status: components["schemas"]["Status"];
        };
        /**
         * RunFault
         * @description Why a run did not succeed.
         *
         *     Attributes:
         *         code: Stable, for programs.
         *         message: A sentence for anyone.
         */
        RunFault: {
            /** Code */
            code: string;
            /** Message */
            message: string;
        };
        /**
         * RunList
         * @description Runs, newest first; ``next`` is the cursor of the following page.
         */
        RunList: {
            /** Next */
            next: string | null;
            /** Runs */
            runs: components["schemas"]["Run"][];
        };
        /**
         * RunsByAction
         * @description How actions fared lately; those that have not run are left out.
         */
        RunsByAction: {
            /** Actions */
            actions: components["schemas"]["ActionRecord"][];
        };
        /**
         * RunsOverTime
         * @description Runs by the time of their call, oldest first; times without any are left out.
         */
        RunsOverTime: {
            /** Counts */
            counts: components["schemas"]["RunsThen"][];
            /** Since */
            since: string;
            /** Until */
            until: string;
        };
        /**
         * RunsThen
         * @description The runs of one hour or day; ``averageMs`` is of those that ran to an end.
         */
        RunsThen: {
            /** At */
            at: string;
            /** Averagems */
            averageMs: number | null;
            /** Runs */
            runs: {
                [key: string]: number;
            };
        };
        /**
         * RunTrace
         * @description A run with its request as rendered, secrets by name, and the guard's verdict.
         */
        RunTrace: {
            confirmation: components["schemas"]["RunConsent"] | null;
            /** Norequest */
            noRequest: string | null;
            /** Request */
            request: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            run: components["schemas"]["Run"];
            verdict: components["schemas"]["Verdict"];
        };
        /**
         * SampleWidget
         * @description What creating a widget takes.
         */
        SampleWidget: {
            /** Dataschema */
            dataSchema: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Description */
            description: string;
            /** Exampledata */
            exampleData: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Name */
            name: string;
            /** Template */
            template: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Title */
            title: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * SavedAction
         * @description A stored action, and what may surprise its author.
         */
        SavedAction: {
            action: components["schemas"]["Action"];
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * SavedAgent
         * @description A stored agent, and what may surprise its author.
         */
        SavedAgent: {
            agent: components["schemas"]["Agent"];
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
        };
        /**
         * SavedUser
         * @description A user as they are now.
         */
        SavedUser: {
            /**
             * Ok
             * @constant
             */
            ok: true;
            user: components["schemas"]["User"];
        };
        /**
         * SavedWidget
         * @description A stored widget, what may surprise its author, and the action that was added with it.
         */
        SavedWidget: {
            /** @default null */
            action?: components["schemas"]["Action"] | null;
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Warnings */
            warnings: components["schemas"]["Detail"][];
            widget: components["schemas"]["Widget"];
        };
        /**
         * Scope
         * @description One thing a principal may do.
         * @enum {string}
         */
        Scope: "read" | "run" | "confirm" | "manage" | "own";
        /**
         * SecretInfo
         * @description What may be told of a secret.
         *
         *     Attributes:
         *         hosts: The only hosts its value is sent to.
         *         version: Grows with every new value.
         */
        SecretInfo: {
            /** Createdat */
            createdAt: string;
            /** Hosts */
            hosts: string[];
            /** Name */
            name: string;
            /** Updatedat */
            updatedAt: string;
            /** Version */
            version: number;
        };
        /**
         * SecretList
         * @description Names and hosts, never values.
         */
        SecretList: {
            /** Secrets */
            secrets: components["schemas"]["SecretInfo"][];
        };
        /**
         * SecretValue
         * @description A new value, and the only hosts it may be sent to.
         */
        SecretValue: {
            /**
             * Hosts
             * @default null
             */
            hosts?: string[] | null;
            /** Value */
            value: string;
        };
        /**
         * SessionAnswer
         * @description Who is logged in.
         */
        SessionAnswer: {
            principal: components["schemas"]["Caller"];
        };
        /**
         * SessionRequest
         * @description What a page sends to begin, or to go on.
         */
        SessionRequest: {
            /** @default null */
            identity?: components["schemas"]["JsonValue"];
            /** @default null */
            page?: components["schemas"]["PageContext"] | null;
            /** Publishablekey */
            publishableKey: string;
            /**
             * Resume
             * @default null
             */
            resume?: string | null;
        };
        /**
         * ShellHandler
         * @description A shell command that runs in our sandbox.
         *
         *     Attributes:
         *         command: A script of POSIX sh; its placeholders are words or parts of words.
         *         allow_options: Parameters whose values may begin with ``-`` or ``@``, and so be read as
         *             options or names of files.
         */
        ShellHandler: {
            /**
             * Allowoptions
             * @default []
             */
            allowOptions?: string[];
            /** Command */
            command: string;
            /**
             * Timeouts
             * @default 30
             */
            timeoutS?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "shell";
        } & {
            [key: string]: unknown;
        };
        /**
         * ShownCard
         * @description A card as a conversation is shown it: expanded, checked, redacted.
         *
         *     Attributes:
         *         card: The Adaptive Card as a browser gets it.
         *         spoken: The text a person reads on it.
         *         buttons: What each of its buttons does; the browser knows their ids alone.
         */
        ShownCard: {
            /** Buttons */
            buttons: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Card */
            card: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Spoken */
            spoken: string;
            /** Widget */
            widget: string;
        };
        /**
         * StartedClientCall
         * @description What the browser that was first needs to make the call.
         */
        StartedClientCall: {
            /** Arguments */
            arguments: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Callid */
            callId: string;
            /** Integrity */
            integrity: string;
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Returns */
            returns: boolean;
            /** Script */
            script: string;
            /** Sha256 */
            sha256: string;
            /** Timeouts */
            timeoutS: number;
            /** Tool */
            tool: string;
        };
        /**
         * Status
         * @description Where a run stands.
         * @enum {string}
         */
        Status: "confirm_required" | "running" | "succeeded" | "failed" | "denied" | "expired" | "void" | "unknown";
        /**
         * Step
         * @description How much time one number stands for.
         * @enum {string}
         */
        Step: "hour" | "day";
        /**
         * Stopping
         * @description Whether there was a turn under way to stop.
         */
        Stopping: {
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Stopping */
            stopping: boolean;
        };
        /**
         * StoredSecret
         * @description What may be told of a stored secret.
         */
        StoredSecret: {
            /**
             * Ok
             * @constant
             */
            ok: true;
            secret: components["schemas"]["SecretInfo"];
        };
        /**
         * Submission
         * @description One submission.
         *
         *     Attributes:
         *         card_id: Of the card in its conversation; the id of the run that showed it.
         *         data: The inputs by their ids, over the arguments of the button.
         */
        Submission: {
            /** At */
            at: string;
            /** Cardid */
            cardId: string;
            /** Conversationid */
            conversationId: string;
            /** Data */
            data: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Id */
            id: string;
            /** Principal */
            principal: string;
            /** Widget */
            widget: string;
        };
        /**
         * SubmissionList
         * @description What people have sent by a widget's buttons that save, newest first.
         */
        SubmissionList: {
            /** Next */
            next: string | null;
            /** Submissions */
            submissions: components["schemas"]["Submission"][];
        };
        /**
         * SubmittedCard
         * @description What a button did; ``runId`` is that of the turn it began.
         */
        SubmittedCard: {
            /**
             * Did
             * @enum {string}
             */
            did: "message" | "action" | "save";
            /**
             * Ok
             * @constant
             */
            ok: true;
            /**
             * Runid
             * @default null
             */
            runId?: string | null;
        };
        /**
         * TestAnswer
         * @description How a test went; ``output`` is the data as text, ``result`` what an agent would get.
         *
         *     ``received`` is what came back, as text, before ``resultPath``; absent where nothing did.
         *     ``widget`` is the card that was shown, ``note`` what its author should know of it, ``console``
         *     what its code wrote there.
         */
        TestAnswer: {
            /**
             * Code
             * @default null
             */
            code?: string | null;
            /**
             * Console
             * @default null
             */
            console?: components["schemas"]["ConsoleLine"][] | null;
            /** Durationms */
            durationMs: number;
            /**
             * Error
             * @default null
             */
            error?: string | null;
            /**
             * Note
             * @default null
             */
            note?: string | null;
            /** Ok */
            ok: boolean;
            /** Output */
            output: string;
            /**
             * Received
             * @default null
             */
            received?: string | null;
            /**
             * Request
             * @default null
             */
            request?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            result?: components["schemas"]["JsonValue"];
            /** @default null */
            widget?: components["schemas"]["TestedCard"] | null;
        };
        /**
         * TestedCard
         * @description The card of a test: the widget's name and an Adaptive Card.
         */
        TestedCard: {
            /** Card */
            card: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Name */
            name: string;
        };
        /**
         * TestRequest
         * @description What to test with.
         */
        TestRequest: {
            /**
             * Params
             * @default null
             */
            params?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Token
         * @description A further token; it is told once.
         */
        Token: {
            /** Token */
            token: string;
        };
        /**
         * ToolFormat
         * @description Whose form of a tool.
         * @enum {string}
         */
        ToolFormat: "json" | "openai" | "anthropic" | "mcp";
        /**
         * ToolList
         * @description What an agent may call now, in the form that was asked for.
         */
        ToolList: {
            /** Tools */
            tools: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
        };
        /**
         * Trigger
         * @description Which door a call came through.
         * @enum {string}
         */
        Trigger: "rest" | "chat" | "test" | "cli" | "widget";
        /**
         * Usage
         * @description Tokens as the provider of a model counts them.
         *
         *     Attributes:
         *         requests: Answers of the model.
         */
        Usage: {
            /** Inputtokens */
            inputTokens: number;
            /** Outputtokens */
            outputTokens: number;
            /** Requests */
            requests: number;
        };
        /**
         * User
         * @description A person as they are listed: never their password, nor an invitation's token.
         *
         *     Attributes:
         *         email: In its normal form; unique.
         *         has_password: Whether they can sign in, unless they are disabled.
         *         invited_until: When the link that was made last stops working.
         *         signed_in_at: When they last gave their password.
         */
        User: {
            /** Createdat */
            createdAt: string;
            /** Disabled */
            disabled: boolean;
            /** Email */
            email: string;
            /** Haspassword */
            hasPassword: boolean;
            /** Id */
            id: string;
            /**
             * Inviteduntil
             * @default null
             */
            invitedUntil?: string | null;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
            /**
             * Signedinat
             * @default null
             */
            signedInAt?: string | null;
        };
        /**
         * UserList
         * @description Users, oldest first.
         */
        UserList: {
            /** Users */
            users: components["schemas"]["User"][];
        };
        /**
         * UserPatch
         * @description What to change; what is left out stays.
         */
        UserPatch: {
            /**
             * Disabled
             * @default null
             */
            disabled?: boolean | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /** @default null */
            role?: components["schemas"]["Role"] | null;
        };
        /**
         * Verdict
         * @description What the guard decided about the target.
         * @enum {string}
         */
        Verdict: "allowed" | "refused" | "no_address" | "not_asked" | "unknown";
        /**
         * VisitorSession
         * @description A visitor who was let in; ``user`` is what was verified of them.
         */
        VisitorSession: {
            agent: components["schemas"]["EmbeddedAgent"];
            /** Expiresat */
            expiresAt: string;
            /** Identified */
            identified: boolean;
            /** Resume */
            resume: string;
            /** Token */
            token: string;
            /**
             * User
             * @default null
             */
            user?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** Visitorid */
            visitorId: string;
        };
        /**
         * Widget
         * @description A widget as callers see it, complete.
         *
         *     Attributes:
         *         name: Spelled as a tool's; its file is named after it.
         *         title: What people call it.
         *         description: What it shows, for people and for the model that fills it.
         *         template: An Adaptive Card in the Adaptive Cards Template language.
         *         data_schema: JSON Schema of the data; None takes any.
         *         example_data: What it is shown with in the editor, and what fills the gaps of real data.
         *         version: Grows by one with every stored change.
         *         created_at: None where nothing was ever stored.
         */
        Widget: {
            /**
             * Createdat
             * @default null
             */
            createdAt?: string | null;
            /**
             * Dataschema
             * @default null
             */
            dataSchema?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /** Exampledata */
            exampleData?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Template */
            template: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Updatedat
             * @default null
             */
            updatedAt?: string | null;
            /**
             * Version
             * @default 1
             */
            version?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * WidgetDraft
         * @description A new widget; the server adds id, version and times.
         *
         *     ``action: false`` adds no action that shows it.
         */
        WidgetDraft: {
            /**
             * Action
             * @default true
             */
            action?: boolean;
            /**
             * Dataschema
             * @default null
             */
            dataSchema?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /**
             * Exampledata
             * @default null
             */
            exampleData?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** Name */
            name: string;
            /** Template */
            template: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Title
             * @default null
             */
            title?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * WidgetGallery
         * @description Samples to begin with.
         */
        WidgetGallery: {
            /** Widgets */
            widgets: components["schemas"]["SampleWidget"][];
        };
        /**
         * WidgetHandler
         * @description A widget that the agent fills.
         */
        WidgetHandler: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "widget";
        } & {
            [key: string]: unknown;
        };
        /**
         * WidgetList
         * @description All widgets, by name.
         */
        WidgetList: {
            /** Widgets */
            widgets: components["schemas"]["Widget"][];
        };
        /**
         * WidgetPatch
         * @description The fields to change; null leaves a field as it is, an empty text takes it away.
         */
        WidgetPatch: {
            /**
             * Dataschema
             * @default null
             */
            dataSchema?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /**
             * Exampledata
             * @default null
             */
            exampleData?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Template
             * @default null
             */
            template?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * WidgetPreview
         * @description The card as a browser would get it, and its text; or why there is none.
         */
        WidgetPreview: {
            /**
             * Card
             * @default null
             */
            card?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /**
             * Error
             * @default null
             */
            error?: string | null;
            /** Ok */
            ok: boolean;
            /** Problems */
            problems: components["schemas"]["Detail"][];
            /**
             * Spoken
             * @default null
             */
            spoken?: string | null;
        };
        /**
         * WidgetPreviewRequest
         * @description A widget that is not stored, and data over its example.
         */
        WidgetPreviewRequest: {
            /**
             * Data
             * @default null
             */
            data?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            widget: components["schemas"]["PreviewedWidget"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_agents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_agent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentDraft"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAgent"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneAgent"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentPatch"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAgent"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description If-Match names another version */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_identity_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentitySecret"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatInput"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    prepare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_confirmations: {
        parameters: {
            query?: {
                status?: components["schemas"]["Status"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmationList"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                confirmation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneConfirmation"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                confirmation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomeAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deny: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                confirmation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomeAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    issue_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                confirmation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string | null;
                /** @description Those of all callers; needs manage */
                everybody?: boolean;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_conversation: {
        parameters: {
            query?: {
                /** @description next of the page before */
                before?: number;
                limit?: number;
            };
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneConversation"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rename_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTitle"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenamedConversation"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    submit_card: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                card_id: string;
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CardPress"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedCard"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The arguments do not fit, or this cannot be rendered */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    finish_client_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientCallEnding"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    start_client_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedClientCall"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    follow_conversation: {
        parameters: {
            query?: {
                /** @description As Last-Event-ID, which comes first */
                after?: number;
            };
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationExport"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stop_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stopping"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_actions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_action: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionDraft"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAction"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneAction"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionPatch"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAction"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description If-Match names another version */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TestRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The arguments do not fit, or this cannot be rendered */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_revisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    restore_revision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAction"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_action: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TestRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_actions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    generate_action: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generated"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The model's answer cannot be used */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    import_actions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_draft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftTestRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The arguments do not fit, or this cannot be rendered */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_draft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftTestRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    begin_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorSession"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stream_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptedInvitation"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    make_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_principals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrincipalList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_runs: {
        parameters: {
            query?: {
                /** @description An action's id */
                action?: string | null;
                /** @description Only runs called before this time */
                before?: string | null;
                conversationId?: string | null;
                /** @description next of the page before */
                cursor?: string | null;
                limit?: number;
                status?: components["schemas"]["Status"] | null;
                trigger?: components["schemas"]["Trigger"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneRun"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_trace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunTrace"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rate_actions: {
        parameters: {
            query?: {
                /** @description Ids, with commas between; all if left out */
                action?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsByAction"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    count_runs: {
        parameters: {
            query?: {
                /** @description An action's id */
                action?: string | null;
                conversationId?: string | null;
                /** @description What one count covers, in UTC */
                step?: components["schemas"]["Step"];
                /** @description The newest so many */
                steps?: number;
                trigger?: components["schemas"]["Trigger"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsOverTime"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_secrets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    put_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecretValue"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredSecret"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnPassword"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_tools: {
        parameters: {
            query?: {
                format?: components["schemas"]["ToolFormat"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolList"];
                };
            };
            /** @description Nothing has changed */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    call_tool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tool: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutcomeAnswer"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The arguments do not fit, or this cannot be rendered */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeUser"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedUser"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    invite_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeUser"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    set_user_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A limit is reached; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_widgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetList"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_widget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WidgetDraft"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedWidget"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_widget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneWidget"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    update_widget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WidgetPatch"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedWidget"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description If-Match names another version */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_widget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It conflicts with what is stored */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_submissions: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionList"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_submissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_gallery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetGallery"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    generate_widget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateWidgetRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GeneratedWidget"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The model's answer cannot be used */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    preview_widget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WidgetPreviewRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetPreview"];
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is over 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    docs_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    loader: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    frame: {
        parameters: {
            query: {
                agent: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request is not of the form this takes */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alive"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Nobody known is calling */
            401: {
                headers: {
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The caller lacks a scope, or a page of another origin is calling */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Host header names another server */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No model is there, or the store cannot be read or written now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
