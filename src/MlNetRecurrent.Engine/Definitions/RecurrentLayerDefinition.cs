using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// A layer whose module walks a cell through time, in one direction or both. A new cell is a record of its own and the
/// <see cref="Cell{L, T}"/> that it makes. Its constructor takes the number of units alone, as <see cref="LayerDefinition"/> says.
/// </summary>
/// <param name="Size">The number of units, of each direction where there are two.</param>
/// <param name="Kind">The name of the cell in files.</param>
/// <param name="Gates">The number of weight matrices that read the input and the state at a step.</param>
internal abstract record RecurrentLayerDefinition(int Size, string Kind, int Gates) : LayerDefinition(Size, Kind, Gates)
{
    public sealed override Module<L, T> Create<L, T>(int inputSize) => TimeReduction == 1
        ? CreateBothWays<L, T>(inputSize)
        : new TimeReductionModule<L, T>(inputSize, TimeReduction, CreateBothWays<L, T>(checked(inputSize * TimeReduction)));

    /// <summary>Makes the cell.</summary>
    protected abstract Cell<L, T> CreateCell<L, T>(int inputSize)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private Module<L, T> CreateBothWays<L, T>(int inputSize)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Bidirectional
            ? new BidirectionalModule<L, T>(inputSize, CreateOneWay<L, T>(inputSize), CreateOneWay<L, T>(inputSize))
            : CreateOneWay<L, T>(inputSize);

    private Recurrence<L, T> CreateOneWay<L, T>(int inputSize)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(CreateCell<L, T>(inputSize));
}
