using System.Globalization;
using System.Text;

namespace MlNetRecurrent;

/// <summary>
/// Vectors of tokens that were learned elsewhere, from which an embedding starts (see <see cref="RecurrentOptions.EmbeddingVectors"/>).
/// </summary>
public sealed class EmbeddingVectors
{
    private readonly Dictionary<string, float[]> _vectors;

    private EmbeddingVectors(Dictionary<string, float[]> vectors, int size, bool trainable)
    {
        _vectors = vectors;
        Size = size;
        Trainable = trainable;
    }

    /// <summary>The number of tokens.</summary>
    public int Count => _vectors.Count;

    /// <summary>The size of each vector, which is that of the embedding.</summary>
    public int Size { get; }

    /// <summary>Whether training changes the vectors.</summary>
    public bool Trainable { get; }

    /// <summary>Loads vectors from a text file in the format of GloVe or of word2vec.</summary>
    /// <remarks>
    /// Each line has a token and its numbers, separated by spaces or tabs. A first line of two whole numbers (the number of tokens and the
    /// size, as word2vec writes it) must be true. If a token occurs twice, its first vector counts. From the second vector on, tokens may
    /// have spaces.
    /// </remarks>
    /// <param name="path">The path of the file, in UTF-8.</param>
    /// <param name="trainable">Whether training changes the vectors. Default: <see langword="true"/>.</param>
    /// <returns>The vectors.</returns>
    /// <exception cref="InvalidDataException">A line has another number of values than the first, or a value that is not a finite number.
    /// The message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EmbeddingVectors Load(string path, bool trainable = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var reader = new StreamReader(path, Encoding.UTF8);
        var vectors = new Dictionary<string, float[]>();
        int size = 0, repeated = 0;
        (int Count, int Size)? header = null;
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            ReadOnlySpan<char> text = line.AsSpan().TrimEnd();
            if (number == 1)
                header = ReadHeader(text);
            if (text.IsEmpty || (number == 1 && header is not null))
                continue;
            int end = EndOfToken(text, size);
            if (end <= 0)
                throw new InvalidDataException($"Line {number} of '{path}' has no token, or no numbers after it.");
            int count = size > 0 ? size : CountNumbers(text[end..]);
            float[] vector = new float[count];
            int found = Parse(text[end..], vector, path, number);
            if (found != count)
                throw new InvalidDataException($"Line {number} of '{path}' has {found} numbers; the lines before have {count}.");
            size = count;
            if (!vectors.TryAdd(text[..end].ToString(), vector))
                repeated++;
        }
        if (vectors.Count == 0)
            throw new InvalidDataException($"'{path}' has no vectors.");
        if (header is { } promised && (promised.Size != size || promised.Count > vectors.Count + repeated))
        {
            throw new InvalidDataException(
                $"'{path}' has {vectors.Count + repeated} vectors of size {size}; its first line says {promised.Count} of size "
                + $"{promised.Size}.");
        }
        return new(vectors, size, trainable);
    }

    /// <summary>Takes vectors from two columns of a data view.</summary>
    /// <param name="data">The data view, with a row for each token.</param>
    /// <param name="tokenColumnName">The name of the column of the tokens, texts.</param>
    /// <param name="vectorColumnName">The name of the column of the vectors, a vector of <see cref="float"/> of known size.</param>
    /// <param name="trainable">Whether training changes the vectors. Default: <see langword="true"/>.</param>
    /// <returns>The vectors.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is of another type, a vector has a number that is not finite, or there are no
    /// rows. The message names column and row.</exception>
    public static EmbeddingVectors FromDataView(
        IDataView data, string tokenColumnName = "Token", string vectorColumnName = "Vector", bool trainable = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column tokens = Find(data, tokenColumnName), numbers = Find(data, vectorColumnName);
        if (tokens.Type is not TextDataViewType)
            throw new InvalidOperationException($"Column '{tokenColumnName}' is {tokens.Type}; expected text.");
        if (numbers.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw new InvalidOperationException(
                $"Column '{vectorColumnName}' is {numbers.Type}; expected a vector of Single of known size.");
        }
        var vectors = new Dictionary<string, float[]>();
        using DataViewRowCursor cursor = data.GetRowCursor([tokens, numbers]);
        ValueGetter<ReadOnlyMemory<char>> token = cursor.GetGetter<ReadOnlyMemory<char>>(tokens);
        ValueGetter<VBuffer<float>> values = cursor.GetGetter<VBuffer<float>>(numbers);
        (ReadOnlyMemory<char> text, VBuffer<float> buffer) = (default, default);
        while (cursor.MoveNext())
        {
            token(ref text);
            values(ref buffer);
            float[] dense = [.. buffer.DenseValues()];
            if (Array.FindIndex(dense, value => !float.IsFinite(value)) is >= 0 and var slot)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Column '{vectorColumnName}': row {cursor.Position}, slot {slot} (both counted from 0) is {dense[slot]}."));
            }
            vectors.TryAdd(text.ToString(), dense);
        }
        return vectors.Count > 0
            ? new(vectors, vector.Size, trainable)
            : throw new InvalidOperationException($"Column '{vectorColumnName}' has no rows.");
    }

    /// <summary>Returns the vector of a token.</summary>
    /// <param name="token">The token, in the same letters.</param>
    /// <param name="vector">Its vector; empty if it has none.</param>
    /// <returns>Whether the token has a vector.</returns>
    public bool TryGetVector(string token, out ReadOnlyMemory<float> vector)
    {
        ArgumentNullException.ThrowIfNull(token);
        bool isKnown = _vectors.TryGetValue(token, out float[]? found);
        vector = found;
        return isKnown;
    }

    /// <summary>Returns one line about the vectors.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Count} vectors of size {Size}{(Trainable ? "" : ", not trainable")}");

    private static DataViewSchema.Column Find(IDataView data, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return data.Schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(data), name,
            $"Column '{name}' is missing. The data has: {string.Join(", ", data.Schema.Select(column => column.Name))}.");
    }

    /// <summary>The number of vectors and their size, as word2vec writes them; null where the line is none of two whole numbers.</summary>
    private static (int Count, int Size)? ReadHeader(ReadOnlySpan<char> line)
    {
        int middle = line.IndexOf(' ');
        return middle > 0 && int.TryParse(line[..middle], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && int.TryParse(line[(middle + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? (count, size)
            : null;
    }

    /// <summary>
    /// The end of the token: the first space, or a later one where a token has spaces, which what follows them shows that is no number.
    /// </summary>
    private static int EndOfToken(ReadOnlySpan<char> text, int size)
    {
        int end = text.IndexOfAny(' ', '\t');
        while (size > 0 && end > 0 && CountNumbers(text[end..]) > size)
        {
            int length = text[(end + 1)..].IndexOfAny(' ', '\t');
            if (length < 0 || float.TryParse(text.Slice(end + 1, length), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                break;
            end += 1 + length;
        }
        return end;
    }

    private static int CountNumbers(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Range range in text.SplitAny(' ', '\t'))
            count += text[range].IsEmpty ? 0 : 1;
        return count;
    }

    /// <summary>Reads the numbers of a line, and returns how many there are; those beyond the vector are only counted.</summary>
    private static int Parse(ReadOnlySpan<char> text, float[] vector, string path, int line)
    {
        int count = 0;
        foreach (Range range in text.SplitAny(' ', '\t'))
        {
            ReadOnlySpan<char> number = text[range];
            if (number.IsEmpty)
                continue;
            if (!float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
                throw new InvalidDataException($"Line {line} of '{path}' has '{number}' where a finite number is expected.");
            if (count < vector.Length)
                vector[count] = value;
            count++;
        }
        return count;
    }
}
