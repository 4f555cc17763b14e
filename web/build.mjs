// Bundles scripts and styles into dist/ under names that contain a hash of the content; assets.json maps plain
// names to them. Also copies the fonts that the server uses for pictures and papers, with their licences; browsers
// do not receive them.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { outline } from "./map/outline.mjs";

const shared = { bundle: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none" };

const fonts = {
  "NotoSans-Regular.ttf": "noto-sans/400Regular/NotoSans_400Regular.ttf",
  "NotoSans-Bold.ttf": "noto-sans/700Bold/NotoSans_700Bold.ttf",
  "NotoSans-Italic.ttf": "noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf",
  "NotoSans-OFL.txt": "noto-sans/LICENSE_FONT",
  "NotoSansMono-Regular.ttf": "noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf",
  "NotoSansMono-OFL.txt": "noto-sans-mono/LICENSE_FONT",
  "NotoEmoji-Regular.ttf": "noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
  "NotoEmoji-OFL.txt": "noto-emoji/LICENSE_FONT",
};

/** The checker as one folder of static files, which works below any address; its files have plain names and their digests beside them. */
async function buildVerifier(folder) {
  await mkdir(folder, { recursive: true });
  for (const source of ["src/recount/verifier.ts", "src/recount/recountworker.ts", "css/site.css"]) {
    await build({ ...shared, entryPoints: [source], minify: true, outdir: folder });
  }
  for (const name of ["index.html", "README.txt"]) await copyFile(`verifier/${name}`, `${folder}/${name}`);
  await copyFile("../LICENSE", `${folder}/LICENSE`);
  const sums = [];
  for (const name of (await readdir(folder)).sort()) {
    sums.push(`${createHash("sha256").update(await readFile(`${folder}/${name}`)).digest("hex")}  ${name}\n`);
  }
  await writeFile(`${folder}/SHA256SUMS`, sums.join(""));
}

if (process.argv.includes("--verifier")) {
  await buildVerifier(process.argv.at(-1));
} else if (process.argv.includes("--tests")) {
  const tests = (await readdir("test")).filter((name) => name.endsWith(".test.ts"));
  await build({ ...shared, platform: "node", entryPoints: tests.map((name) => `test/${name}`), outdir: "target/test" });
} else {
  await rm("dist", { recursive: true, force: true });
  await mkdir("dist", { recursive: true });
  const assets = {};
  for (const source of ["src/sign.ts", "src/mine.ts", "src/record.ts", "src/letter.ts", "src/live.ts", "src/embed.ts", "src/map.ts", "src/due.ts", "src/getbook.ts", "src/card.ts", "src/recount/recounthere.ts", "src/recount/recountworker.ts", "css/site.css"]) {
    const result = await build({ ...shared, entryPoints: [source], minify: true, write: false, outdir: "dist" });
    const { contents, path } = result.outputFiles[0];
    const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const hashed = name.replace(/\.(js|css)$/, `-${hash}.$1`);
    await writeFile(`dist/${hashed}`, contents);
    assets[name] = hashed;
  }
  await buildVerifier("dist/verifier");
  await mkdir("dist/fonts");
  for (const [name, from] of Object.entries(fonts)) {
    await copyFile(`node_modules/@expo-google-fonts/${from}`, `dist/fonts/${name}`);
  }
  await writeFile("dist/us.json", JSON.stringify(outline()));
  await writeFile("dist/assets.json", `${JSON.stringify(assets, null, 2)}\n`);
}
