// Looks at chosen files on this device, before the first byte is sent, by the rule book
// the server gives; the sentences are the server's, only numbers are filled in here.
//
//   import { Precheck } from "./precheck/precheck.js";
//   const results = await Precheck.check(files);
//   const results = await Precheck.check(files, { category, existing, book, replacing });
//
// Everything but `files` is optional and read from the page: `category` is a key,
// `existing` the files of the work so far ({ id, size_bytes, sha256, duration_s }), `book`
// the rule book as given by Precheck.book(), `replacing` the id of a file that goes.
//
// A result, in the order of the files:
//   file        the File
//   facts       what was read of it: content_type, size_bytes, duration_s, …, sha256 of a
//               small file ("" else), fingerprint (the same file has the same one, always)
//   findings    [{ code, severity: "error" | "warning" | "info", message, explanation,
//                  measured, limit, rule, clause, certain }]
//   ok          nothing speaks against sending it
//   mayInsist   not ok, but it rests on what the file merely claims (its length, its
//               size): offer 换一个文件 first, and 仍要上传 beside it. The server decides.
//   better      null, or { category, name, message, button }: the file fits another
//               category; `await Precheck.changeCategory(result.better.category)`, then
//               check again. The page changes in place, the chosen files stay.
//
// Never stricter than the server: what cannot be told here is left to it. Never rejects;
// a file that cannot be read here is ok, with facts {}.
//
// While it looks, the rule list is painted and announced by rule_list.js; nothing needs
// to be called for it. The same events are there for others, on `document`:
//   precheck:start  detail { files }          before the first file is read
//   precheck:file   detail { result, index }  one file has been looked at
//   precheck:done   detail { results }        all of them
//   precheck:category  detail { category }    the work's category was changed
//
// Precheck.forget(file) takes a file out of the rule list: it was removed, or another one
// was chosen in its place. Precheck.sent(file) does so once it has arrived.
