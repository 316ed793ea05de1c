namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// A vector for the characters of each step, its word. Zeros at the end are no characters. Each distinct word of a batch is read once.
/// </summary>
/// <param name="characters">The most characters of a step.</param>
/// <param name="size">The size of the vector.</param>
internal abstract unsafe class CharacterModule<L, T>(int characters, int size) : TokenModule<L, T>(size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Arena<T>? _arena;
    private bool _training;

    /// <summary>The words of the batch.</summary>
    protected DistinctWords Words { get; private set; } = new(characters);

    /// <summary>The vectors of the words [words, Stride].</summary>
    protected RowMatrix<T> Vectors { get; private set; }

    /// <summary>Their gradients [words, Stride].</summary>
    protected RowMatrix<T> VectorGradients { get; private set; }

    public override TokenModule<L, T> Replicate()
    {
        var replica = (CharacterModule<L, T>)base.Replicate();
        replica.Words = new(characters);
        return replica;
    }

    public override void Prepare(BatchShape shape, Arena<T> arena)
    {
        base.Prepare(shape, arena);
        _arena = arena;
        _training = false;
    }

    public override void PrepareBackward(Arena<T> arena)
    {
        base.PrepareBackward(arena);
        _training = true;
    }

    /// <summary>Finds the distinct words, and takes buffers for them.</summary>
    public override void CollectWords(int[] tokens)
    {
        Words.Collect(tokens, Shape.Rows);
        Vectors = TakeVectors();
        if (_training)
            VectorGradients = TakeVectors();
        PrepareWords(_arena!, _training);

        RowMatrix<T> TakeVectors() => new(_arena!.Take((nint)Words.Shape.Count * Stride), Stride);
    }

    /// <summary>Computes the vectors of a slice of the words.</summary>
    public sealed override void EncodeWords(WorkSlice slice)
    {
        (int first, int last) = Words.Shape.SequencesOf(slice);
        EncodeWords(first, last);
    }

    /// <summary>Goes back through a slice of the words, from the sum of the gradients of the steps that hold each.</summary>
    public sealed override void BackwardWords(WorkSlice slice)
    {
        (int first, int last) = Words.Shape.SequencesOf(slice);
        for (int word = first; word < last; word++)
        {
            T* sum = VectorGradients.Row(word);
            FlatVector<L, T>.Clear(sum, Stride);
            foreach (int row in Words.RowsOf(word))
                FlatVector<L, T>.Add(OutputGradient.Row(row), sum, Stride);
        }
        BackwardWords(first, last);
    }

    protected sealed override void Forward(ReadOnlySpan<int> tokens, int row) => Buffer.MemoryCopy(
        Vectors.Row(Words[row]), Outputs.Row(row), Stride * sizeof(T), Stride * sizeof(T));

    /// <summary>Takes further buffers for the words.</summary>
    protected virtual void PrepareWords(Arena<T> arena, bool training)
    {
    }

    /// <summary>Computes the vectors of a range of words.</summary>
    protected abstract void EncodeWords(int first, int last);

    /// <summary>Goes back through a range of words, from the gradients of their vectors.</summary>
    protected virtual void BackwardWords(int first, int last)
    {
    }
}
