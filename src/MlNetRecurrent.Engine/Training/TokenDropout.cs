namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// Puts the unknown token in the place of others at random (Iyyer et al., "Deep Unordered Composition Rivals Syntactic Methods for Text Classification", 2015, where words are left out). Which ones follows from the seed of the batch and the row.
/// </summary>
/// <param name="rate">The part of the tokens, in 0..1.</param>
internal sealed class TokenDropout(double rate)
{
    private readonly ulong _dropped = (ulong)(rate * ulong.MaxValue);

    /// <param name="tokens">The tokens of the batch, one a row.</param>
    /// <param name="seed">The seed of the batch.</param>
    public void Apply(Span<int> tokens, int seed)
    {
        ulong state = SeedSequence.Mix((ulong)(uint)seed << 32);
        for (int row = 0; row < tokens.Length; row++)
        {
            if (SeedSequence.Mix(state + (ulong)row * SeedSequence.Golden) < _dropped)
                tokens[row] = 0;
        }
    }
}
