namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A vector for the characters of each step: a convolution over three characters, and the maximum over its places (dos Santos and
/// Zadrozny, "Learning Character-level Representations for Part-of-Speech Tagging", 2014). A convolution of characters that are one-hot
/// is a sum of rows of three tables: v = max over j of (b + A[c(j - 1)] + B[c(j)] + C[c(j + 1)]). Before the first character and after the
/// last one stands a character of its own. Zeros at the end are no characters.
/// </summary>
/// <param name="tokens">The number of characters, the unknown one (0) included.</param>
/// <param name="characters">The most characters of a step.</param>
/// <param name="size">The size of the vector.</param>
internal sealed unsafe class CharacterModule<L, T>(int tokens, int characters, int size) : TokenModule<L, T>(size)
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

    protected override void Forward(ReadOnlySpan<int> tokens, int row)
    {
        ReadOnlySpan<int> word = WordOf(tokens, row);
        T* output = Outputs.Row(row), bias = Parameters + Offset(_tables.Length, 0);
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

    /// <summary>The slice is one of the numbers of a vector.</summary>
    public override void AccumulateGradients(ReadOnlySpan<int> tokens, WorkSlice slice)
    {
        (int first, int last) = slice.Of(Size);
        for (int row = 0; row < Shape.Rows; row++)
        {
            ReadOnlySpan<int> word = WordOf(tokens, row);
            for (int i = first; i < last; i++)
                Accumulate(word, i, Outputs.Row(row)[i], OutputGradient.Row(row)[i]);
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

    private ReadOnlySpan<int> WordOf(ReadOnlySpan<int> all, int row)
    {
        ReadOnlySpan<int> word = all.Slice(row * characters, characters);
        return word[..(word.LastIndexOfAnyExcept(0) + 1)];
    }

    private nint Offset(int table, int token) => ((nint)table * (tokens + 1) + token) * Stride;
}
