namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// The distinct words of a batch, longest first, so that the characters of each are read once. Words of equal length keep the order in
/// which they first occur. Allocates only when a batch is larger than all before.
/// </summary>
/// <param name="characters">The most characters of a word. Zeros at its end are no characters.</param>
internal sealed class DistinctWords(int characters)
{
    private readonly int[] _ends = new int[characters + 1];

    /// <summary>A hash table of words: their numbers, plus 1, in the order in which they first occur; its length is a power of 2.</summary>
    private int[] _table = [];

    /// <summary>The first row of each word, and its place among the words, in the order in which they first occur.</summary>
    private int[] _firstRows = [], _places = [];

    /// <summary>The rows of all words, one word after the other, and where those of each begin.</summary>
    private int[] _rows = [], _starts = [0];

    private int[] _words = [], _lengths = [], _characters = [];

    /// <summary>The lengths of the words, and the places of their characters in time-major buffers.</summary>
    public BatchShape Shape { get; } = new();

    /// <summary>The word of a row of the batch.</summary>
    public int this[int row] => _words[row];

    /// <summary>The characters of a word.</summary>
    public ReadOnlySpan<int> CharactersOf(int word) => _characters.AsSpan(_rows[_starts[word]] * characters, Shape.Lengths[word]);

    /// <summary>The rows of the batch that hold a word, in their order.</summary>
    public ReadOnlySpan<int> RowsOf(int word) => _rows.AsSpan(_starts[word], _starts[word + 1] - _starts[word]);

    /// <summary>Finds the words.</summary>
    /// <param name="batch">The characters of each row [rows, characters], which must not change as long as the words are read.</param>
    /// <param name="rows">The number of rows.</param>
    public void Collect(int[] batch, int rows)
    {
        MakeRoom(rows);
        _characters = batch;
        int count = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<int> word = WordAt(row);
            ref int number = ref Find(word);
            if (number == 0)
            {
                number = ++count;
                _firstRows[count - 1] = row;
                _lengths[count - 1] = word.Length;
            }
            _words[row] = number - 1;
        }
        SortByLength(count);
        GroupRows(rows, count);
        Shape.Set(_lengths.AsSpan(0, count));
    }

    private void MakeRoom(int rows)
    {
        if (_words.Length < rows)
        {
            _words = new int[rows];
            _rows = new int[rows];
            _starts = new int[rows + 1];
            _firstRows = new int[rows];
            _places = new int[rows];
            _lengths = new int[rows];
            _table = new int[(int)BitOperations.RoundUpToPowerOf2(2 * (uint)rows)];
        }
        Array.Clear(_table);
    }

    private ReadOnlySpan<int> WordAt(int row)
    {
        ReadOnlySpan<int> word = _characters.AsSpan(row * characters, characters);
        return word[..(word.LastIndexOfAnyExcept(0) + 1)];
    }

    /// <summary>The place of a word in the table, which is 0 where the word is new.</summary>
    private ref int Find(ReadOnlySpan<int> word)
    {
        ulong hash = (ulong)word.Length;
        foreach (int character in word)
            hash = SeedSequence.Mix(hash + (uint)character);
        for (int slot = (int)hash & (_table.Length - 1); ; slot = (slot + 1) & (_table.Length - 1))
        {
            ref int number = ref _table[slot];
            if (number == 0 || word.SequenceEqual(WordAt(_firstRows[number - 1])))
                return ref number;
        }
    }

    /// <summary>Sets the place of each word, longest first, and puts the lengths in that order.</summary>
    private void SortByLength(int count)
    {
        Array.Clear(_ends);
        for (int word = 0; word < count; word++)
            _ends[_lengths[word]]++;
        for (int length = characters - 1; length >= 0; length--)
            _ends[length] += _ends[length + 1];
        for (int word = count - 1; word >= 0; word--)
            _places[word] = --_ends[_lengths[word]];
        // Now each holds the first place of its length.
        for (int length = 0; length <= characters; length++)
            _lengths.AsSpan(_ends[length], (length == 0 ? count : _ends[length - 1]) - _ends[length]).Fill(length);
    }

    private void GroupRows(int rows, int count)
    {
        Array.Clear(_starts, 0, count + 1);
        for (int row = 0; row < rows; row++)
        {
            _words[row] = _places[_words[row]];
            _starts[_words[row] + 1]++;
        }
        for (int word = 0; word < count; word++)
            _starts[word + 1] += _starts[word];
        // Filling moves each start to the next one.
        for (int row = 0; row < rows; row++)
            _rows[_starts[_words[row]]++] = row;
        for (int word = count; word > 0; word--)
            _starts[word] = _starts[word - 1];
        _starts[0] = 0;
    }
}
