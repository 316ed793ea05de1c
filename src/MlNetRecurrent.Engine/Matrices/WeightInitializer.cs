namespace MlNetRecurrent.Engine.Matrices;

/// <summary>Initial weights, the same for the same seed.</summary>
/// <param name="seed">The seed.</param>
/// <param name="whileWorking">Called repeatedly; it may throw to stop the work, which takes long for wide layers.</param>
/// <param name="numberOfThreads">Threads that share the work on wide layers; the weights do not depend on it.</param>
internal sealed unsafe class WeightInitializer(int seed, Action? whileWorking = null, int numberOfThreads = 1)
{
    /// <summary>
    /// Layers of at least this size are initialized by <see cref="OrthogonalMatrix{L}"/>; for narrower ones a seed keeps its weights across
    /// the versions of the library.
    /// </summary>
    public const int WideUnits = 512;

    /// <summary>Layers of at least this size take seconds to initialize.</summary>
    public const int SlowUnits = 2048;

    private readonly Random _random = new(seed);

    /// <summary>Uniform in ±√(6 / (rows + columns)): Glorot and Bengio 2010.</summary>
    public void GlorotUniform<T>(ParameterTensor tensor, T* parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Uniform(tensor, parameters, Math.Sqrt(6.0 / (tensor.Rows + tensor.Columns)));

    /// <summary>Uniform in ±<paramref name="limit"/>.</summary>
    public void Uniform<T>(ParameterTensor tensor, T* parameters, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < tensor.Rows; row++)
        {
            for (int column = 0; column < tensor.Columns; column++)
                parameters[tensor.Position(row, column)] = T.CreateTruncating((2 * _random.NextDouble() - 1) * limit);
        }
    }

    /// <summary>Each gate's square is a random orthogonal matrix: Saxe, McClelland and Ganguli 2013.</summary>
    public void Orthogonal<T>(ParameterTensor tensor, T* parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int units = tensor.Columns;
        Func<Func<int, int, double>> next = units >= WideUnits ? Hardware.WithWidestVectors(new WideMatrices(this, units)) : () =>
        {
            double[][] rows = Orthogonal(units);
            return (row, column) => rows[row][column];
        };
        for (int gate = 0; gate < tensor.Rows / units; gate++)
        {
            Func<int, int, double> element = next();
            for (int row = 0; row < units; row++)
            {
                for (int column = 0; column < units; column++)
                    parameters[tensor.Position(gate * units + row, column)] = T.CreateTruncating(element(row, column));
            }
        }
    }

    /// <summary>Modified Gram-Schmidt on normal random rows.</summary>
    private double[][] Orthogonal(int size)
    {
        var rows = new double[size][];
        for (int i = 0; i < size; i++)
        {
            whileWorking?.Invoke();
            double[] row = rows[i] = new double[size];
            for (int j = 0; j < size; j++)
                row[j] = Normal();
            for (int k = 0; k < i; k++)
                Subtract(row, rows[k], Dot(row, rows[k]));
            Scale(row, 1 / Math.Sqrt(Dot(row, row)));
        }
        return rows;
    }

    /// <summary>Makes one matrix after the other, in the same memory.</summary>
    private sealed record WideMatrices(WeightInitializer Initializer, int Units) : IWidthDependent<Func<Func<int, int, double>>>
    {
        public Func<Func<int, int, double>> Run<L>()
            where L : unmanaged, IFloatLanes<L>
        {
            OrthogonalMatrix<L> matrix = Initializer.NewWideMatrix<L>(Units);
            return () =>
            {
                matrix.Make((ulong)Initializer._random.NextInt64());
                return (row, column) => matrix[row, column];
            };
        }
    }

    private OrthogonalMatrix<L> NewWideMatrix<L>(int units)
        where L : unmanaged, IFloatLanes<L> => new(units, numberOfThreads, whileWorking);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>Four sums, so that an addition need not wait for the one before, in an order that is the same on every processor.</summary>
    private static double Dot(double[] x, double[] y)
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int i = 0;
        for (; i < x.Length - 3; i += 4)
        {
            sum0 += x[i] * y[i];
            sum1 += x[i + 1] * y[i + 1];
            sum2 += x[i + 2] * y[i + 2];
            sum3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.Length; i++)
            sum0 += x[i] * y[i];
        return sum0 + sum1 + (sum2 + sum3);
    }

    private static void Subtract(double[] x, double[] y, double factor)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] -= factor * y[i];
    }

    private static void Scale(double[] x, double factor)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] *= factor;
    }
}
