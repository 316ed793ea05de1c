namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A convolution over three characters, and the maximum over its places (dos Santos and Zadrozny, "Learning Character-level Representations
/// for Part-of-Speech Tagging", 2014). A convolution of characters that are one-hot is a sum of rows of three tables:
/// v = max over j of (b + A[c(j - 1)] + B[c(j)] + C[c(j + 1)]). Before the first character and after the last one stands a character of its
/// own.
/// </summary>
/// <param name="tokens">The number of characters, the unknown one (0) included.</param>
/// <param name="characters">The most characters of a step.</param>
/// <param name="size">The size of the vector.</param>
internal sealed unsafe class CharacterConvolution<L, T>(int tokens, int characters, int size) : CharacterModule<L, T>(characters, size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The names of the tables, in the order of their parameters.</summary>
    private static readonly string[] _tables = ["before", "weight", "after"];

    public override nint ParameterCount => checked((3 * ((nint)tokens + 1) + 1) * Stride);

    public override IEnumerable<ParameterTensor> Tensors
    {
        get
        {
            for (int i = 0; i < _tables.Length; i++)
            {
                nint offset = Offset(i, 0);
                yield return new(_tables[i], tokens + 1, Size, (row, column) => offset + (nint)row * Stride + column);
            }
            nint bias = Offset(_tables.Length, 0);
            yield return new("bias", 1, Size, (_, column) => bias + column);
        }
    }

    protected override void EncodeWords(int first, int last)
    {
        for (int word = first; word < last; word++)
            Encode(Words.CharactersOf(word), Vectors.Row(word));
    }

    /// <summary>The slice is one of the numbers of a vector.</summary>
    public override void AccumulateGradients(ReadOnlySpan<int> tokens, WorkSlice slice)
    {
        (int first, int last) = slice.Of(Size);
        for (int word = 0; word < Words.Shape.Count; word++)
        {
            ReadOnlySpan<int> characters = Words.CharactersOf(word);
            for (int i = first; i < last; i++)
                Accumulate(characters, i, Vectors.Row(word)[i], VectorGradients.Row(word)[i]);
        }
    }

    private void Encode(ReadOnlySpan<int> word, T* output)
    {
        T* bias = Parameters + Offset(_tables.Length, 0);
        for (int place = 0; place == 0 || place < word.Length; place++)
        {
            T* before = Parameters + Offset(0, At(word, place - 1));
            T* at = Parameters + Offset(1, At(word, place));
            T* after = Parameters + Offset(2, At(word, place + 1));
            for (int i = 0; i < Stride; i += L.Count)
            {
                L sum = L.Load(bias + i) + L.Load(before + i) + L.Load(at + i) + L.Load(after + i), largest = L.Load(output + i);
                // The difference is zero, unless the largest is not a finite number, which must not be lost.
                L.Store(place == 0 ? sum : L.Max(largest, sum) + (largest - largest), output + i);
            }
        }
    }

    /// <summary>Adds the gradient of a number to what it was made of: at the first place where the sum is the largest.</summary>
    private void Accumulate(ReadOnlySpan<int> word, int i, T largest, T gradient)
    {
        nint bias = Offset(_tables.Length, 0) + i;
        for (int place = 0; place == 0 || place < word.Length; place++)
        {
            nint before = Offset(0, At(word, place - 1)) + i, at = Offset(1, At(word, place)) + i;
            nint after = Offset(2, At(word, place + 1)) + i;
            if (Parameters[bias] + Parameters[before] + Parameters[at] + Parameters[after] != largest)
                continue;
            Gradients[bias] += gradient;
            Gradients[before] += gradient;
            Gradients[at] += gradient;
            Gradients[after] += gradient;
            return;
        }
    }

    /// <summary>The character at a place of a word, or the one that stands around words.</summary>
    private int At(ReadOnlySpan<int> word, int place) => (uint)place < (uint)word.Length ? word[place] : tokens;

    private nint Offset(int table, int token) => ((nint)table * (tokens + 1) + token) * Stride;
}
