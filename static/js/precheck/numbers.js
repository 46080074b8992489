// Rounds as the server does: an exact half goes to the even neighbour.
export function rounded(value, digits = 0) {
  return Number(fixed(value, digits));
}

// The same in writing, with so many decimals.
export function fixed(value, digits) {
  const near = value.toFixed(digits); // an exact half goes away from zero
  const exact = value.toFixed(60);
  const rest = exact.slice(exact.indexOf(".") + 1 + digits);
  if (!/^50*$/.test(rest) || Number(near[near.length - 1]) % 2 === 0) return near;
  return (Number(near) - Math.sign(value) * 10 ** -digits).toFixed(digits);
}
