namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// One direction of <see cref="CharacterLstm{L, T}"/>: an LSTM that reads the vectors of the characters of each word, from the first or
/// from the last one on.
/// </summary>
/// <param name="units">The number of units, and the size of the vector of a character.</param>
/// <param name="fromEnd">Whether it begins with the last character.</param>
/// <param name="lstm">The LSTM.</param>
internal sealed unsafe class CharacterDirection<L, T>(int units, bool fromEnd, Recurrence<L, T> lstm)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _width = Block.Pad(units);

    private DistinctWords? _words;

    /// <summary>The vectors of the characters in the order in which they are read [characters of all words, whole blocks].</summary>
    private RowMatrix<T> _inputs;

    /// <summary>Their gradients [characters of all words, whole panels].</summary>
    private RowMatrix<T> _inputGradients;

    public nint ParameterCount => lstm.ParameterCount;

    public IEnumerable<ParameterTensor> Tensors => lstm.Tensors;

    private DistinctWords Words => _words!;

    private BatchShape Shape => Words.Shape;

    public CharacterDirection<L, T> Replicate() => new(units, fromEnd, (Recurrence<L, T>)lstm.Replicate());

    public void Bind(T* parameters, T* gradients) => lstm.Bind(parameters, gradients);

    public void Initialize(T* parameters, WeightInitializer initializer) => lstm.Initialize(parameters, initializer);

    /// <summary>Takes buffers for the words of a batch.</summary>
    public void Prepare(DistinctWords words, Arena<T> arena, bool training)
    {
        _words = words;
        _inputs = new(arena.Take((nint)Shape.Rows * _width), _width);
        lstm.Prepare(Shape, arena, training);
        if (!training)
            return;
        int stride = Block.PadToPanel(units);
        _inputGradients = new(arena.Take((nint)Shape.Rows * stride), stride);
        lstm.PrepareBackward(arena, inputGradient: true);
        lstm.LastGradient = new(arena.Take((nint)Shape.Count * _width), _width);
    }

    /// <summary>Reads a range of words.</summary>
    /// <param name="table">The vectors of all characters [tokens, whole blocks].</param>
    /// <param name="states">The place of the final state of each word [words, …].</param>
    /// <param name="first">The first word.</param>
    /// <param name="last">The end of the words.</param>
    public void Forward(RowMatrix<T> table, RowMatrix<T> states, int first, int last)
    {
        for (int word = first; word < last; word++)
        {
            ReadOnlySpan<int> characters = Words.CharactersOf(word);
            for (int t = 0; t < characters.Length; t++)
                Copy(table.Row(characters[PlaceAt(t, characters.Length)]), _inputs.Row(Shape.Row(t, word)), _width);
        }
        lstm.Forward(_inputs, first, last);
        for (int word = first; word < last; word++)
            Copy(lstm.States.Row(Shape.LastStateRow(word)), states.Row(word), units);
    }

    /// <summary>Goes back through a range of words from the gradients of their final states [words, …].</summary>
    public void Backward(RowMatrix<T> stateGradients, int first, int last)
    {
        for (int word = first; word < last; word++)
        {
            T* target = lstm.LastGradient.Row(word);
            Copy(stateGradients.Row(word), target, units);
            new Span<T>(target + units, _width - units).Clear();
        }
        lstm.Backward(_inputGradients, first, last);
    }

    public void RefreshTransposed(WorkSlice slice) => lstm.RefreshTransposed(slice);

    /// <summary>Adds to a slice of the gradients: one of panels of the LSTM, and one of tokens.</summary>
    /// <param name="tableGradients">The gradients of the vectors of all characters [tokens, whole blocks].</param>
    /// <param name="slice">The slice.</param>
    public void AccumulateGradients(RowMatrix<T> tableGradients, WorkSlice slice)
    {
        lstm.AccumulateGradients(_inputs, slice);
        for (int word = 0; word < Shape.Count; word++)
        {
            ReadOnlySpan<int> characters = Words.CharactersOf(word);
            for (int t = 0; t < characters.Length; t++)
            {
                int token = characters[PlaceAt(t, characters.Length)];
                if (token % slice.Count == slice.Index)
                    FlatVector<L, T>.Add(_inputGradients.Row(Shape.Row(t, word)), tableGradients.Row(token), _width);
            }
        }
    }

    /// <summary>The place in a word of the character that is read at a step.</summary>
    private int PlaceAt(int step, int length) => fromEnd ? length - 1 - step : step;

    private static void Copy(T* source, T* target, int count) => new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
}
