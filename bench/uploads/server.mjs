// The tus server of the protocol's own authors, with its store of plain files.
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [, , port, directory] = process.argv;
const server = new Server({ path: "/files", datastore: new FileStore({ directory }) });
server.listen({ host: "127.0.0.1", port: Number(port) });
