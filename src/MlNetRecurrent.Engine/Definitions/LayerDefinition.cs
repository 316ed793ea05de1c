using System.Globalization;
using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// A layer, as files describe it. A new layer is a record of its own and the module that it makes.
/// Fingerprints depend on the JSON, and so on the order of the properties; what follows from others is left out of it.
/// <para>
/// <see cref="KnownDefinitions"/> finds the record by reflection and creates it with one argument, so it has a constructor with the number
/// of units alone. The kind, which it passes on to this one, is that of no other layer. A record with a property that is a list overrides
/// Equals and GetHashCode: those of a record compare lists by reference.
/// </para>
/// </summary>
/// <param name="Size">The number of units, of each direction where there are two.</param>
/// <param name="Kind">The name in files.</param>
/// <param name="Gates">The number of weight matrices that read the input and the state at a step.</param>
internal abstract record LayerDefinition([property: JsonPropertyOrder(-4)] int Size, string Kind, int Gates)
{
    /// <summary>The largest number of units.</summary>
    private const int MostUnits = 1 << 16;

    /// <summary>Whether a second layer of the same kind reads the sequences from their end.</summary>
    [JsonPropertyOrder(-3)]
    public bool Bidirectional { get; init; }

    /// <summary>The number of input steps that the layer reads as one.</summary>
    [JsonPropertyOrder(-2)]
    public int TimeReduction { get; init; } = 1;

    /// <summary>The dropout rate of the outputs in training.</summary>
    [JsonPropertyOrder(-1)]
    public float Dropout { get; init; }

    /// <summary>The name in files.</summary>
    [JsonIgnore]
    public string Kind { get; } = Kind;

    /// <summary>The number of weight matrices that read the input and the state at a step.</summary>
    [JsonIgnore]
    public int Gates { get; } = Gates;

    /// <summary>The number of units of both directions.</summary>
    [JsonIgnore]
    public int OutputSize => Size * (Bidirectional ? 2 : 1);

    /// <summary>The number of values that a sequence keeps beside its hidden state, of each direction.</summary>
    [JsonIgnore]
    public virtual long MemorySize => 0;

    /// <summary>The number of values that a step produces beside its hidden state, of each direction.</summary>
    [JsonIgnore]
    public virtual long ExtraOutputSize => 0;

    /// <summary>
    /// The quantity that the layer can show for each of its steps: the name and the sizes of its dimensions; null for none.
    /// </summary>
    [JsonIgnore]
    public virtual (string Name, int[] Dimensions)? Shows => null;

    /// <summary>Whether a time window needs only the final state of the window before.</summary>
    [JsonIgnore]
    public virtual bool CanBeCut => !Bidirectional && TimeReduction == 1;

    /// <summary>Whether gates decide what the state keeps. Without them, noise of the weights adds up over the steps.</summary>
    [JsonIgnore]
    public virtual bool HasGates => true;

    /// <summary>
    /// The most noise of the weights that the layer tolerates by default. Layers that join steps have few updates for their size.
    /// </summary>
    [JsonIgnore]
    public virtual double MostWeightNoise => TimeReduction > 1 ? 0.02 : double.PositiveInfinity;

    /// <summary>The layer in a few words.</summary>
    public string Describe()
    {
        string direction = Bidirectional ? ", bidirectional" : "", reduction = TimeReduction > 1 ? $", joins {TimeReduction} steps" : "";
        string dropout = Dropout > 0 ? string.Create(CultureInfo.InvariantCulture, $", dropout {Dropout:G4}") : "";
        return $"{Kind}({Size}){direction}{reduction}{dropout}";
    }

    /// <summary>Makes the layer.</summary>
    /// <param name="inputSize">The number of features of a step of its input.</param>
    public abstract Module<L, T> Create<L, T>(int inputSize)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The number of multiplications of the forward pass at a step of the output.</summary>
    /// <param name="inputs">The number of features of a step of the input.</param>
    public virtual double CountMultiplications(int inputs) => (double)Gates * OutputSize * (inputs * TimeReduction + Size);

    /// <summary>About how many numbers the layer keeps to score a sequence: its states, and what its steps produce beside them.</summary>
    /// <param name="inputs">The number of features of a step of its input.</param>
    /// <param name="steps">The number of steps of the sequence.</param>
    public virtual double CountScoringNumbers(int inputs, double steps)
    {
        int directions = Bidirectional ? 2 : 1;
        long width = Block.Pad(Size), outputsOfAStep = width + ExtraOutputSize;
        long ofAStep = Bidirectional ? 3 * directions * outputsOfAStep + inputs : outputsOfAStep;
        if (TimeReduction > 1)
            ofAStep += inputs;
        return directions * (8 * width + MemorySize) + steps * ofAStep;
    }

    /// <summary>Checks the layer, which may come from a damaged file. The ranges are those of the options.</summary>
    /// <param name="inputs">The number of features of a step of its input.</param>
    /// <exception cref="InvalidDataException">A number is out of its range.</exception>
    public virtual void Validate(int inputs)
    {
        Check(Size is > 0 and <= MostUnits, nameof(Size), Size);
        Check(TimeReduction is > 0 and <= 1 << 10 && (long)inputs * TimeReduction <= 1 << 25, nameof(TimeReduction), TimeReduction);
        Check(Dropout is >= 0 and < 1, nameof(Dropout), Dropout);
    }

    protected static void Check<T>(bool holds, string name, T value)
    {
        if (!holds)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The description of a layer is damaged: {name} is {value}."));
        }
    }
}
